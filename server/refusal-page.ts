import { createHash } from "node:crypto";

/** A request turned away before any page could: too large, foreign, malformed, too slow. */
export type Refusal = { status: 400 | 403 | 404 | 405 | 413 | 500 | 503; id: string; en: string };

export const refusals = {
  malformed: { status: 400, id: "Alamat ini tidak dapat dibaca.", en: "This address cannot be read." },
  notThere: { status: 404, id: "Alamat ini tidak ada.", en: "There is nothing at this address." },
  unknownMethod: {
    status: 405,
    id: "Alamat ini tidak dibuka dengan cara itu.",
    en: "This address is not opened in that way.",
  },
  foreign: {
    status: 403,
    id: "Formulir ini dikirim dari situs lain, jadi tidak dijalankan. Buka halamannya di sini dan coba lagi.",
    en: "This form was sent from another site, so nothing was done. Open the page here and try again.",
  },
  tooLarge: {
    status: 413,
    id: "Isian terlalu besar (lebih dari 64 KB). Tidak ada yang disimpan.",
    en: "The form is too large (over 64 KB). Nothing was saved.",
  },
  broken: {
    status: 500,
    id: "Terjadi kesalahan di sistem kami. Coba lagi sebentar lagi.",
    en: "Something went wrong on our side. Please try again shortly.",
  },
  tooSlow: {
    status: 503,
    id: "Halaman ini terlalu lama disiapkan. Coba lagi sebentar lagi.",
    en: "This page took too long to prepare. Please try again shortly.",
  },
} satisfies Record<string, Refusal>;

const style = `body{margin:0;font:16px/1.5 system-ui,sans-serif;background:#f6f5f3;color:#1c1b1a}
main{max-width:32rem;margin:12vh auto 0;padding:1.5rem}h1{margin:0 0 1rem;font-size:1.25rem}
p{margin:0 0 1rem}.en{color:#5c5854}a{color:#8a1c4a;font-weight:600}small{color:#5c5854}`;

/** The page has to work when nothing else does, so its style is inside it and allowed by its hash. */
export const refusalPolicy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; base-uri 'none'; frame-ancestors 'none'`;

/** Both languages: whose reader it is cannot be known yet. */
export function refusalPage({ id, en }: Refusal, requestId: string) {
  return `<!doctype html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Alfa Beauty Cosmetica</title><style>${style}</style></head>
<body><main><h1>Alfa Beauty Cosmetica</h1><p>${id}</p><p class="en" lang="en">${en}</p>
<p><a href="/">Beranda / Home</a></p><small>${requestId}</small></main></body></html>`;
}

/** RFC 9457, for /api. */
export function refusalProblem({ status, en }: Refusal, requestId: string) {
  return JSON.stringify({ type: "about:blank", title: en, status, requestId });
}
