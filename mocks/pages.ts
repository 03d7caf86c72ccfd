import { HttpResponse } from "msw";

/** The languages of the demo's own pages. */
export type Lang = "id" | "en";

/** What a page of a stand-in is made of: its title, links to the pages beside it, and its body. */
export type Page = { title: string; links?: Array<{ href: string; label: string }>; body: string; status?: number };

const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'";

/** A page to read what was sent, in the language of the address, with a link to the other one. */
export function page(request: Request, { title, links = [], body, status = 200 }: Page): Response {
  const lang = langOf(request);
  const here = new URL(request.url);
  here.searchParams.set("lang", lang === "id" ? "en" : "id");
  const ways = [...links, { href: here.pathname + here.search, label: lang === "id" ? "English" : "Bahasa Indonesia" }];
  const nav = ways.map(({ href, label }) => `<a href="${escape(href)}">${label}</a>`).join("");
  return html(
    `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${style}</style></head><body><header><h1>${title}</h1>
<nav>${nav}</nav></header><main>${body}</main></body></html>`,
    status,
    pagePolicy,
  );
}

export function html(body: string, status: number, policy: string): Response {
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

export function langOf(request: Request): Lang {
  return new URL(request.url).searchParams.get("lang") === "en" ? "en" : "id";
}

/** A moment on Jakarta's clock, as a time element. */
export function time(at: string): string {
  const wib = new Date(Date.parse(at) + 7 * 60 * 60 * 1000).toISOString();
  return `<time datetime="${at}">${wib.slice(0, 10)} ${wib.slice(11, 16).replace(":", ".")} WIB</time>`;
}

export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const style =
  `\n:root{color-scheme:light dark;--ink:#1d1a20;--paper:#fbf9f7;--line:#d9d3cf;--plum:#6d2b57;--card:#fff}\n` +
  `@media(prefers-color-scheme:dark){:root{--ink:#f3eff2;--paper:#1d1a20;--line:#4a4350;--plum:#e2a6cd;` +
  `--card:#29242d}}\n` +
  `*{box-sizing:border-box}` +
  `body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}\n` +
  `header,main{max-width:720px;margin:0 auto;padding:16px}` +
  `header{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:0 16px}\n` +
  `h1{font-size:22px;margin:0}h2{font-size:20px;margin:0 0 8px}h3{font-size:16px}a{color:var(--plum)}` +
  `nav{display:flex;gap:16px}\n` +
  `header a,main p>a{display:inline-block;padding:10px 0;min-height:44px}\n` +
  `ul{list-style:none;margin:0;padding:0;border:1px solid var(--line);border-radius:8px;background:var(--card)}\n` +
  `li+li{border-top:1px solid var(--line)}` +
  `li a,li div{display:grid;gap:4px;padding:12px 16px;color:inherit;text-decoration:none;overflow-wrap:anywhere}\n` +
  `li a:hover strong{text-decoration:underline}` +
  `dl{display:grid;grid-template-columns:auto 1fr;gap:4px 12px;overflow-wrap:anywhere}dd{margin:0}\n` +
  `iframe{width:100%;height:520px;border:1px solid var(--line);border-radius:8px;background:#fff}\n` +
  `form{display:flex;flex-wrap:wrap;gap:8px}button{min-height:44px;padding:8px 16px;border:1px solid var(--plum);` +
  `border-radius:6px;background:var(--card);color:var(--plum);font:inherit}\n` +
  `pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid var(--line);border-radius:8px;padding:12px;` +
  `background:var(--card)}`;
