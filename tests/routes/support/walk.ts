import { ask } from "./whole-app.ts";

export const hrefsOf = (html: string) =>
  [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!.replaceAll("&amp;", "&"));

/** The kind of page that an address is of: its path with what varies taken out. */
export const kindOf = (path: string) =>
  path
    .split("?")[0]!
    .replace(/\/[A-Z]{2,4}-[\d-]+/g, "/:code")
    .replace(/\/\d[\d-]*(?=\/|$)/g, "/:id");

type Walk = {
  origin: string;
  cookie: string;
  start: string[];
  /** Whether a link is followed. */ into: (href: string) => boolean;
  /** What there is to see. */ look: (page: { path: string; kind: string; html: string; status: number }) => unknown;
};

/** Goes through pages from link to link, a dozen of each kind. @returns how many of each were looked at. */
export async function walkPages({ origin, cookie, start, into, look }: Walk): Promise<Map<string, number>> {
  const waiting = [...start];
  const seen = new Set<string>();
  const kinds = new Map<string, number>();
  for (let path = waiting.shift(); path; path = waiting.shift()) {
    const kind = kindOf(path);
    if (seen.has(path) || (kinds.get(kind) ?? 0) >= 12) continue;
    seen.add(path);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const answer = await ask(origin, path, { headers: { cookie } });
    const html = await answer.text();
    await look({ path, kind, html, status: answer.status });
    if (answer.status === 200) waiting.push(...hrefsOf(html).filter((href) => !href.includes("#") && into(href)));
  }
  return kinds;
}

/** What a page says, without its head, what was typed into it, and what only describes a picture or table. */
export const wordsOf = (html: string) =>
  (/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? "")
    .replace(/<!--.*?-->/g, "")
    .replace(/<(textarea|title|desc|caption|option)\b[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]*>/g, " ");
