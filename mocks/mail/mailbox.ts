import { http, type RequestHandler } from "msw";
import { escape, html, type Lang, langOf, page, time } from "#mocks/pages.ts";
import type { EventType } from "./events.ts";
import type { MailState, Message } from "./state.ts";

const words = {
  id: {
    title: "Kotak surat demo",
    sms: "SMS",
    hint: "Semua e-mail yang dikirim sistem ini, terbaru di atas. Tidak ada yang benar-benar terkirim.",
    empty: "Belum ada e-mail. Buat order dalam Shadow Mode atau minta kata sandi baru, lalu muat ulang halaman ini.",
    to: "Kepada",
    from: "Dari",
    back: "Kembali ke kotak surat",
    text: "Versi teks",
    missing: "E-mail ini tidak ada.",
    events: "Laporkan ke aplikasi, seperti penyedia e-mail",
  },
  en: {
    title: "Demo mailbox",
    sms: "SMS",
    hint: "Every e-mail this system sent, newest first. None of them really left this machine.",
    empty: "No e-mail yet. Place an order in Shadow Mode or ask for a new password, then reload this page.",
    to: "To",
    from: "From",
    back: "Back to the mailbox",
    text: "Text version",
    missing: "There is no such e-mail.",
    events: "Tell the application, as the mail provider would",
  },
};
const offered: EventType[] = ["email.delivered", "email.bounced", "email.complained"];

/** Where the SMS are to be seen, and whether events can be sent from here. */
export type MailboxOptions = { smsUrl?: string; canTell: boolean };

/** Pages to read what was sent: the list, one mail, and its HTML alone for the sandboxed frame. */
export function mailboxHandlers(state: MailState, { smsUrl, canTell }: MailboxOptions): RequestHandler[] {
  const shown = (request: Request, body: string, status?: number) => {
    const t = words[langOf(request)];
    const links = smsUrl ? [{ href: `${smsUrl}/dev/sms?lang=${langOf(request)}`, label: t.sms }] : [];
    return page(request, { title: t.title, links, body, status });
  };
  return [
    http.get("*/dev/mailbox", ({ request }) =>
      shown(request, list(langOf(request), state.list(new URL(request.url).searchParams.get("to")))),
    ),
    http.get<{ id: string }>("*/dev/mailbox/:id", ({ request, params }) => {
      const lang = langOf(request);
      const message = state.find(params.id);
      return message
        ? shown(request, mail(lang, message, canTell))
        : shown(request, `<p>${words[lang].missing}</p>${back(lang)}`, 404);
    }),
    http.get<{ id: string }>("*/dev/mailbox/:id/raw", ({ params }) => {
      const message = state.find(params.id);
      return html(message?.html ?? "", message ? 200 : 404, mailPolicy);
    }),
  ];
}

// A mail is somebody else's HTML: no script, no origin of its own; its links open outside the frame.
const mailPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src " +
  "data: http: https:";

function list(lang: Lang, messages: Message[]): string {
  const t = words[lang];
  const items = messages.map(
    (message) => `<li><a href="/dev/mailbox/${message.id}?lang=${lang}"><strong>${escape(message.subject)}</strong>
<span>${t.to} ${escape(message.to.join(", "))}</span>${time(message.received_at)}</a></li>`,
  );
  return `<p>${t.hint}</p>${items.length === 0 ? `<p class="empty">${t.empty}</p>` : `<ul>${items.join("")}</ul>`}`;
}

function mail(lang: Lang, message: Message, canTell: boolean): string {
  const t = words[lang];
  const frame =
    `<iframe title="${escape(message.subject)}" src="/dev/mailbox/${message.id}/raw" ` +
    'sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>';
  return `${back(lang)}<article><h2>${escape(message.subject)}</h2>
<dl><dt>${t.from}</dt><dd>${escape(message.from)}</dd><dt>${t.to}</dt><dd>${escape(message.to.join(", "))}</dd></dl>
<p>${time(message.received_at)}</p>
${frame}
${canTell ? tell(lang, message) : ""}<h3>${t.text}</h3><pre>${escape(message.text ?? "")}</pre></article>`;
}

function tell(lang: Lang, { id }: Message): string {
  const buttons = offered.map((type) => `<button name="type" value="${type}">${type}</button>`).join("");
  return (
    `<h3>${words[lang].events}</h3><form method="post" action="/control/events?lang=${lang}"><input type="hidden" ` +
    `name="id" value="${id}">${buttons}</form>`
  );
}

function back(lang: Lang): string {
  return `<p><a href="/dev/mailbox?lang=${lang}">${words[lang].back}</a></p>`;
}
