import { createHash } from "node:crypto";
import type { Closed, Outage } from "#app/http/closed.ts";
import { escape, shell, style } from "./refusal-page.ts";
import type { KeptForm } from "./kept-form.ts";
import { labels, type Lang, type Words, words } from "./outage-words.ts";

/** Seconds after which asking again makes sense; of maintenance, where it does not say itself. */
export const retryAfter = { AWAY: 5, BUSY: 3, SLOW: 5, CLOSED: 300, READ_ONLY: 300 } as const;

/** Forms go where the site's go: see headers.ts. */
export const outagePolicy =
  `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; form-action 'self' ` +
  "https://wa.me; base-uri 'none'; frame-ancestors 'none'";

type Asked = { method: string; url: string; lang: Lang; requestId: string; form: KeptForm | null; whatsapp?: string };

/**
 * The page of a 503. What was typed is in it, ready to be sent again, with the same hidden fields: the key of a
 * checkout makes the second sending the same order. It needs no database, no script and no other file.
 */
export function outagePage(outage: Outage, asked: Asked): string {
  const t = words[asked.lang];
  const otherLang = asked.lang === "id" ? "en" : "id";
  const other = words[otherLang];
  const [title, lead] = t[outage.reason];
  const isForm = asked.method !== "GET" && asked.method !== "HEAD";
  return shell(
    asked.lang,
    title,
    `
<h1>${title}</h1>
${outage.closed ? closedPart(outage.closed, lead, asked.lang) : `<p class="lead">${lead}.</p>`}
${isForm ? formPart(outage, asked, t) : `<p><a class="button" href="${escape(asked.url)}">${t.again}</a></p>`}
<p class="en" lang="${otherLang}">${otherWords(outage, other, otherLang)}</p>
${waysOn(outage, asked.whatsapp, t)}
<p><a href="/">${t.home}</a></p>
<small>${t.reference} ${asked.requestId}</small>`,
  );
}

/** What goes on, until when. */
function closedPart({ text, until }: Closed, lead: string, lang: Lang): string {
  return `${text ? `<p>${escape(text[lang])}</p>` : ""}
<p class="lead">${lead}.</p>
${until ? `<p><strong>${words[lang].until}</strong> ${escape(until[lang])}</p>` : ""}`;
}

/** The same in the other language, in small. */
function otherWords({ reason, closed }: Outage, t: Words, lang: Lang): string {
  const [title, lead] = t[reason];
  const more = [closed?.text?.[lang], closed?.until && `${t.until} ${closed.until[lang]}`].filter(Boolean);
  return [`${title}. ${lead}.`, ...more.map((one) => escape(one!))].join(" ");
}

/** What one can do meanwhile: what works although the database is away, or the shop is closed. */
function waysOn({ reason, closed }: Outage, whatsapp: string | undefined, t: Words): string {
  if (!closed && reason !== "AWAY") return "";
  const ways = [
    [closed?.pack, t.pack],
    [whatsapp && `https://wa.me/${whatsapp}`, t.whatsapp],
    [closed && "/mitra", t.partner],
    ["/status", t.status],
    [closed && "/login", t.staff],
  ] as const;
  const items = ways.map(([href, name]) => (href ? `<li><a href="${escape(href)}">${name}</a></li>` : ""));
  return `<ul>${items.join("")}</ul>`;
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
