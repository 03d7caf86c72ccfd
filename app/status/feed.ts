import { formatWib } from "#app/ui/format.ts";
import { type Lang, messages } from "#app/words.ts";
import type { Status } from "./status.ts";

type Entry = { id: string; title: string; at: string; text: string; href: string };

/** Ids stay when the site moves: a reader would show everything once more. */
const tag = (what: string) => `tag:alfabeauty.co.id,2026:status/${what}`;

/** An Atom feed (RFC 4287): each word to stores, and the maintenance that runs or is planned. */
export function atomFeed({ at, maintenance, incidents }: Status, lang: Lang, appUrl: string): string {
  const t = messages(lang).status;
  const page = `${appUrl}/status`;
  const { mode, period } = maintenance;
  const entries: Entry[] = incidents.flatMap(({ id: incident, updates }) =>
    updates.map(({ id, at, service, state, textId, textEn }) => ({
      id: tag(`update/${id}`),
      title: `${t.services[service]}: ${t.states[state]}`,
      at,
      text: lang === "en" ? textEn : textId,
      href: `${page}#k${incident}`,
    })),
  );
  if (period)
    entries.push({
      id: tag(`maintenance/${Date.parse(period.from)}`),
      title: mode === "OFF" ? t.maintenance.planned : t.maintenance.running,
      at: mode === "OFF" || Date.parse(period.from) > Date.parse(at) ? dayOf(at) : period.from,
      text: `${t.maintenance.between(formatWib(period.from, lang), formatWib(period.until, lang))}. ${period[lang]}`,
      href: page,
    });
  entries.sort((one, two) => Date.parse(two.at) - Date.parse(one.at));
  const self = `${appUrl}/status.atom?lang=${lang}`;
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${lang}">
<id>${tag(lang)}</id>
<title>${escapeXml(t.feed.title)}</title>
<updated>${moment(entries[0]?.at ?? dayOf(at))}</updated>
<author><name>Alfa Beauty Cosmetica</name></author>
<link rel="self" type="application/atom+xml" href="${escapeXml(self)}"/>
<link rel="alternate" type="text/html" href="${escapeXml(page)}"/>
${entries.map(entryXml).join("")}</feed>
`;
}

const entryXml = ({ id, title, at, text, href }: Entry) => `<entry>
<id>${id}</id>
<title>${escapeXml(title)}</title>
<updated>${moment(at)}</updated>
<link rel="alternate" href="${escapeXml(href)}"/>
<content type="text">${escapeXml(text)}</content>
</entry>
`;

const moment = (at: string) => new Date(at).toISOString();
/** Where nothing newer is known: the same all day, so that the feed stays the same. */
const dayOf = (at: string) => `${at.slice(0, 10)}T00:00:00Z`;

/** Characters that XML has no way to write are left out. */
const escapeXml = (text: string) =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
