import { http, HttpResponse, type RequestHandler } from "msw";
import type { MailState, Message } from "./state.ts";

const words = {
  id: {
    title: "Kotak surat demo",
    hint: "Semua e-mail yang dikirim sistem ini, terbaru di atas. Tidak ada yang benar-benar terkirim.",
    empty: "Belum ada e-mail. Buat order dalam Shadow Mode atau minta kata sandi baru, lalu muat ulang halaman ini.",
    to: "Kepada",
    from: "Dari",
    back: "Kembali ke kotak surat",
    text: "Versi teks",
    missing: "E-mail ini tidak ada.",
    other: "English",
  },
  en: {
    title: "Demo mailbox",
    hint: "Every e-mail this system sent, newest first. None of them really left this machine.",
    empty: "No e-mail yet. Place an order in Shadow Mode or ask for a new password, then reload this page.",
    to: "To",
    from: "From",
    back: "Back to the mailbox",
    text: "Text version",
    missing: "There is no such e-mail.",
    other: "Bahasa Indonesia",
  },
};
type Lang = keyof typeof words;

/** Pages to read what was sent: the list, one mail, and its HTML alone for the sandboxed frame. */
export function mailboxHandlers(state: MailState): RequestHandler[] {
  return [
    http.get("*/dev/mailbox", ({ request }) => {
      const lang = langOf(request);
      return page(lang, request, list(lang, state.list(new URL(request.url).searchParams.get("to"))));
    }),
    http.get<{ id: string }>("*/dev/mailbox/:id", ({ request, params }) => {
      const lang = langOf(request);
      const message = state.find(params.id);
      return message
        ? page(lang, request, letter(lang, message))
        : page(lang, request, `<p>${words[lang].missing}</p>${back(lang)}`, 404);
    }),
    http.get<{ id: string }>("*/dev/mailbox/:id/raw", ({ params }) => {
      const message = state.find(params.id);
      return html(message?.html ?? "", message ? 200 : 404, letterPolicy);
    }),
  ];
}

// A mail is somebody else's HTML: no script, no origin of its own; its links open outside the frame.
const letterPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data: http: https:";
const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'";

function list(lang: Lang, messages: Message[]): string {
  const t = words[lang];
  const items = messages.map(
    (message) => `<li><a href="/dev/mailbox/${message.id}?lang=${lang}"><strong>${escape(message.subject)}</strong>
<span>${t.to} ${escape(message.to.join(", "))}</span><time datetime="${message.received_at}">${time(message)}</time></a></li>`,
  );
  return `<p>${t.hint}</p>${items.length === 0 ? `<p class="empty">${t.empty}</p>` : `<ul>${items.join("")}</ul>`}`;
}

function letter(lang: Lang, message: Message): string {
  const t = words[lang];
  return `${back(lang)}<article><h2>${escape(message.subject)}</h2>
<dl><dt>${t.from}</dt><dd>${escape(message.from)}</dd><dt>${t.to}</dt><dd>${escape(message.to.join(", "))}</dd></dl>
<p><time datetime="${message.received_at}">${time(message)}</time></p>
<iframe title="${escape(message.subject)}" src="/dev/mailbox/${message.id}/raw" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
<h3>${t.text}</h3><pre>${escape(message.text ?? "")}</pre></article>`;
}

function back(lang: Lang): string {
  return `<p><a href="/dev/mailbox?lang=${lang}">${words[lang].back}</a></p>`;
}

function page(lang: Lang, request: Request, body: string, status = 200): Response {
  const t = words[lang];
  const here = new URL(request.url);
  here.searchParams.set("lang", lang === "id" ? "en" : "id");
  return html(
    `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${t.title}</title><style>${style}</style></head><body><header><h1>${t.title}</h1>
<a href="${escape(here.pathname + here.search)}">${t.other}</a></header><main>${body}</main></body></html>`,
    status,
    pagePolicy,
  );
}

function html(body: string, status: number, policy: string): Response {
  return new HttpResponse(body, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

function langOf(request: Request): Lang {
  return new URL(request.url).searchParams.get("lang") === "en" ? "en" : "id";
}

function time(message: Message): string {
  const wib = new Date(Date.parse(message.received_at) + 7 * 60 * 60 * 1000).toISOString();
  return `${wib.slice(0, 10)} ${wib.slice(11, 16).replace(":", ".")} WIB`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const style = `
:root{color-scheme:light dark;--ink:#1d1a20;--paper:#fbf9f7;--line:#d9d3cf;--plum:#6d2b57;--card:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#f3eff2;--paper:#1d1a20;--line:#4a4350;--plum:#e2a6cd;--card:#29242d}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
header,main{max-width:720px;margin:0 auto;padding:16px}header{display:flex;justify-content:space-between;align-items:center;gap:16px}
h1{font-size:22px;margin:0}h2{font-size:20px;margin:0 0 8px}h3{font-size:16px}a{color:var(--plum)}
header a,main p>a{display:inline-block;padding:10px 0;min-height:44px}
ul{list-style:none;margin:0;padding:0;border:1px solid var(--line);border-radius:8px;background:var(--card)}
li+li{border-top:1px solid var(--line)}li a{display:grid;gap:4px;padding:12px 16px;color:inherit;text-decoration:none;overflow-wrap:anywhere}
li a:hover strong{text-decoration:underline}dl{display:grid;grid-template-columns:auto 1fr;gap:4px 12px;overflow-wrap:anywhere}dd{margin:0}
iframe{width:100%;height:520px;border:1px solid var(--line);border-radius:8px;background:#fff}
pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid var(--line);border-radius:8px;padding:12px;background:var(--card)}`;
