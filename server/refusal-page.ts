import { createHash } from "node:crypto";
import { type ProblemName, typeOf } from "#app/api/problems.ts";

/** A request turned away before any page could: too large, foreign, malformed. */
export type Refusal = {
  status: 400 | 403 | 404 | 405 | 413 | 500;
  /** What a program is told. */
  problem: ProblemName;
  id: string;
  en: string;
};

export const refusals = {
  malformed: {
    status: 400,
    problem: "malformed",
    id: "Alamat ini tidak dapat dibaca.",
    en: "This address cannot be read.",
  },
  notThere: { status: 404, problem: "not-found", id: "Alamat ini tidak ada.", en: "There is nothing at this address." },
  unknownMethod: {
    status: 405,
    problem: "unknown-method",
    id: "Alamat ini tidak dibuka dengan cara itu.",
    en: "This address is not opened in that way.",
  },
  foreign: {
    status: 403,
    problem: "foreign-site",
    id: "Formulir ini dikirim dari situs lain, jadi tidak dijalankan. Buka halamannya di sini dan coba lagi.",
    en: "This form was sent from another site, so nothing was done. Open the page here and try again.",
  },
  tooLarge: {
    status: 413,
    problem: "too-large",
    id: "Isian terlalu besar (lebih dari 64 KB). Tidak ada yang disimpan.",
    en: "The form is too large (over 64 KB). Nothing was saved.",
  },
  broken: {
    status: 500,
    problem: "broken",
    id: "Terjadi kesalahan di sistem kami. Coba lagi sebentar lagi.",
    en: "Something went wrong on our side. Please try again shortly.",
  },
} satisfies Record<string, Refusal>;

/** Calm as the site is, and inside the page: it has to work when nothing else does. */
export const style =
  `:root{color-scheme:light dark;--ink:#1d1a20;--quiet:#675e68;--paper:#fbf9f7;--card:#fff;--line:#e5ddd6;` +
  `--edge:#8d8289;--plum:#6d2b57;--plum-text:#6d2b57;--soft:#f5eaf1}\n` +
  `@media (prefers-color-scheme:dark){:root{--ink:#f3eef1;--quiet:#b6abb4;--paper:#17141a;--card:#201b23;` +
  `--line:#39323d;--edge:#8f8490;--plum:#8a3a70;--plum-text:#e6aacf;--soft:#3a2233}}\n` +
  `*{box-sizing:border-box}body{margin:0;` +
  `font:16px/1.5 -apple-system,"Segoe UI",Roboto,"Noto Sans",system-ui,sans-serif;background:var(--paper);` +
  `color:var(--ink);overflow-wrap:break-word}\n` +
  `header{padding:1rem 1.5rem;border-bottom:1px solid var(--line);font-family:Georgia,serif;font-weight:600}\n` +
  `main{max-width:36rem;margin:0 auto;padding:8vh 1.5rem 3rem}` +
  `h1{margin:0 0 .75rem;font:600 1.75rem/1.25 Georgia,serif}\n` +
  `p,dl,ul{margin:0 0 1rem}ul{padding:0;list-style:none}li a{display:inline-block;padding:.6rem 0;min-height:44px}` +
  `.lead{color:var(--quiet)}.en,small{color:var(--quiet);font-size:.875rem}` +
  `a{color:var(--plum-text)}\n` +
  `.note{padding:.75rem 1rem;border-left:4px solid var(--plum);background:var(--soft)}` +
  `form{padding:1rem;margin:0 0 1.5rem;border:1px solid var(--line);border-radius:12px;background:var(--card)}\n` +
  `dt,label{font-weight:600}dd{margin:0 0 .75rem;white-space:pre-wrap}label{display:block}input[type=password]{` +
  `width:100%;min-height:44px;margin:.25rem 0 1rem;padding:0 .75rem;font:inherit;color:inherit;` +
  `background:var(--paper);border:1px solid var(--edge);border-radius:8px}\n` +
  `.button{display:inline-block;min-height:44px;padding:.6rem 1.25rem;border:0;border-radius:12px;` +
  `background:var(--plum);color:#fff;font:600 1rem/1.5 inherit;font-family:inherit;text-decoration:none;` +
  `cursor:pointer}\n` +
  `:focus-visible{outline:3px solid var(--plum-text);outline-offset:2px}`;

/** Its style is allowed by its hash. */
export const refusalPolicy =
  `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; base-uri 'none'; ` +
  "frame-ancestors 'none'";

/** Both languages: whose reader it is cannot be known yet. */
export function refusalPage({ id, en }: Refusal, requestId: string) {
  return shell(
    "id",
    "Alfa Beauty Cosmetica",
    `<p>${id}</p><p class="en" lang="en">${en}</p>
<p><a href="/">Beranda / Home</a></p><small>${requestId}</small>`,
  );
}

/** A page around `main`, which is HTML. */
export function shell(lang: "id" | "en", title: string, main: string) {
  return (
    `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>${title}</title><style>${style}</style></head>
<body><header>Alfa Beauty Cosmetica</header><main>${main}</main></body></html>`
  );
}

export const escape = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** RFC 9457, for /api. */
export function refusalProblem({ status, problem, en }: Refusal, requestId: string) {
  return JSON.stringify({ type: typeOf(problem), title: en, status, requestId });
}
