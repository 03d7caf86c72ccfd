import { createHash } from "node:crypto";
import { escape, shell, style } from "./refusal-page.ts";
import type { KeptForm } from "./kept-form.ts";

/** Why nobody could answer. AWAY: what we need is not there. BUSY: too many at once. SLOW: it took too long. */
export type Outage = {
  reason: "AWAY" | "BUSY" | "SLOW";
  /** The change may have been made: its answer alone is lost. */ uncertain?: boolean;
};
type Lang = "id" | "en";

/** Seconds after which asking again makes sense. */
export const retryAfter = { AWAY: 5, BUSY: 3, SLOW: 5 } as const;

/** Forms go where the site's go: see headers.ts. */
export const outagePolicy =
  `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; form-action 'self' ` +
  "https://wa.me; base-uri 'none'; frame-ancestors 'none'";

type Asked = { method: string; url: string; lang: Lang; requestId: string; form: KeptForm | null };

/**
 * The page of a 503. What was typed is in it, ready to be sent again, with the same hidden fields: the key of a
 * checkout makes the second sending the same order. It needs no database, no script and no other file.
 */
export function outagePage(outage: Outage, asked: Asked): string {
  const t = words[asked.lang];
  const other = words[asked.lang === "id" ? "en" : "id"];
  const [title, lead] = t[outage.reason];
  const isForm = asked.method !== "GET" && asked.method !== "HEAD";
  return shell(
    asked.lang,
    title,
    `
<h1>${title}</h1>
<p class="lead">${lead}.</p>
${isForm ? formPart(outage, asked, t) : `<p><a class="button" href="${escape(asked.url)}">${t.again}</a></p>`}
<p class="en" lang="${asked.lang === "id" ? "en" : "id"}">${other[outage.reason].join(". ")}.</p>
<p><a href="/">${t.home}</a></p>
<small>${t.reference} ${asked.requestId}</small>`,
  );
}

/** RFC 9457, for /api. The same `type` as the address itself gives when it can. */
export function outageProblem({ reason }: Outage, requestId: string): string {
  return JSON.stringify({
    type: "urn:problem-type:alfa:unavailable",
    title: words.en[reason][1],
    status: 503,
    requestId,
  });
}

function formPart({ uncertain }: Outage, { url, form, lang }: Asked, t: Words): string {
  if (!form || form.needsLink) return `<p class="note">${form ? t.openLink : t.notSaved}</p>`;
  const keyed = form.fields.some(([name]) => name === "checkout_key");
  const note = uncertain ? (keyed ? t.safeByKey : t.lookFirst) : t.safe;
  const shown = form.fields.flatMap(([name, value]) => {
    const [field = "", sku] = name.split(/-(.*)/s); // `quantity-<SKU>` in the cart and the catalogue.
    const label = labels[field]?.[lang];
    return label && value.trim()
      ? [`<dt>${escape(sku ? `${label} ${sku}` : label)}</dt><dd>${escape(value)}</dd>`]
      : [];
  });
  const hidden = form.fields.map(
    ([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`,
  );
  const typed = form.passwords.map(
    (name) => `<label for="${escape(name)}">${name === "repeat" ? t.repeat : t.password}</label>
<input type="password" id="${escape(name)}" name="${escape(name)}" autocomplete="current-password" required>`,
  );
  return `<p class="note">${note}</p>
${uncertain && !keyed ? `<p><a href="${escape(url)}">${t.look}</a></p>` : ""}
<form method="post" action="${escape(url)}">
${shown.length > 0 ? `<dl>${shown.join("")}</dl>` : ""}${hidden.join("")}
${typed.length > 0 ? `<p>${t.typeAgain}</p>${typed.join("")}` : ""}
<button class="button" type="submit">${t.send}</button>
</form>`;
}

// What people type, by the names of our fields. The rest goes along unseen.
const labels: Record<string, Record<Lang, string>> = {
  note: { id: "Catatan", en: "Note" },
  notes: { id: "Catatan", en: "Notes" },
  reason: { id: "Alasan", en: "Reason" },
  quantity: { id: "Jumlah", en: "Quantity" },
  sku: { id: "Produk", en: "Product" },
  email: { id: "E-mail", en: "E-mail" },
  value: { id: "Nilai", en: "Value" },
  attended: { id: "Yang hadir", en: "Attended" },
  points: { id: "Hal yang masih terbuka", en: "Open points" },
  document: { id: "Nomor dokumen ERP", en: "ERP document" },
  cap: { id: "Batas", en: "Cap" },
  hours: { id: "Jam", en: "Hours" },
};

type Words = Record<Outage["reason"], [title: string, lead: string]> &
  Record<
    | "safe"
    | "safeByKey"
    | "lookFirst"
    | "look"
    | "notSaved"
    | "openLink"
    | "typeAgain"
    | "password"
    | "repeat"
    | "send"
    | "again"
    | "home"
    | "reference",
    string
  >;

const words: Record<Lang, Words> = {
  id: {
    AWAY: [
      "Sistem sedang tidak dapat dihubungi",
      "Kami sedang memulihkannya. Order yang sudah dikonfirmasi aman. Tunggu beberapa detik, lalu coba lagi",
    ],
    BUSY: ["Sedang ramai", "Terlalu banyak yang membuka pada saat yang sama. Biasanya lega dalam beberapa detik"],
    SLOW: [
      "Jawabannya terlalu lama",
      "Sistem sedang lambat. Order yang sudah dikonfirmasi aman. Tunggu beberapa detik, lalu coba lagi",
    ],
    safe: "Isian Anda tidak hilang dan belum ada yang tersimpan. Aman dikirim lagi.",
    safeByKey: "Isian Anda tidak hilang. Aman dikirim lagi: bila tadi sudah masuk, order tidak akan tercatat dua kali.",
    lookFirst:
      "Isian Anda tidak hilang, tetapi mungkin tadi sudah tersimpan. Lihat dulu halamannya; kirim lagi bila memang " +
      "belum.",
    look: "Lihat halamannya",
    notSaved: "Tidak ada yang tersimpan. Kembali ke halaman tadi, lalu kirim lagi.",
    openLink:
      "Demi keamanan, kata sandi dan tautan dari e-mail tidak kami simpan. Buka lagi tautan di e-mail itu, lalu " +
      "ulangi.",
    typeAgain: "Kata sandi tidak kami simpan. Tulis sekali lagi.",
    password: "Kata sandi",
    repeat: "Ulangi kata sandi",
    send: "Kirim lagi",
    again: "Coba lagi",
    home: "Beranda",
    reference: "Nomor rujukan:",
  },
  en: {
    AWAY: [
      "The system cannot be reached right now",
      "We are bringing it back. Confirmed orders are safe. Wait a few seconds, then try again",
    ],
    BUSY: ["Very busy right now", "Too many people are here at the same moment. It usually eases within seconds"],
    SLOW: [
      "The answer took too long",
      "The system is slow at the moment. Confirmed orders are safe. Wait a few seconds, then try again",
    ],
    safe: "What you typed is kept, and nothing was saved yet. Sending it again is safe.",
    safeByKey: "What you typed is kept. Sending it again is safe: if it did arrive, the order is not written twice.",
    lookFirst:
      "What you typed is kept, but it may have been saved already. Look at the page first; send again if it was not.",
    look: "Look at the page",
    notSaved: "Nothing was saved. Go back to the page and send it again.",
    openLink:
      "For your safety we keep neither passwords nor the link of a letter. Open the link in that e-mail again, then " +
      "repeat it.",
    typeAgain: "We do not keep passwords. Please type it once more.",
    password: "Password",
    repeat: "Repeat the password",
    send: "Send again",
    again: "Try again",
    home: "Home",
    reference: "Reference:",
  },
};
