import type { MetaFunction } from "@remix-run/node";
import { type Lang, type Messages, messages } from "#app/words.ts";
import { errorKind } from "./error-page.tsx";
import { inLang } from "./public-pages.ts";
import { title } from "./title.ts";

type Root = { lang: Lang; site: string | null; viewer: object | null };
const rootOf = (args: Parameters<MetaFunction>[0]) =>
  args.matches.find(({ id }) => id === "root")?.data as Root | undefined;
/** `about`: what the page is about, as schema.org says it. */
type Told = { title: string; description: string; about?: object };
type Say<Data> = (t: Messages, data: Data, site: string) => Told;

/**
 * What search engines and messengers are told of a page: title, description, both languages, a picture. Nothing of it
 * where somebody is signed in: what he sees is nobody else's to find.
 */
export function publicMeta<Data = unknown>(path: string | ((data: Data) => string), say: Say<Data>): MetaFunction {
  return (args) => {
    const root = rootOf(args);
    const data = args.data as Data;
    const broken = (t: Messages) => t.ui.errors.pages[errorKind(500)][0];
    const titles = title((t) => (args.error ? broken(t) : say(t, data, "").title))(args) ?? [];
    if (!root?.site || args.error) return titles;
    const { lang, site } = root;
    const { about, ...told } = say(messages(lang), data, site);
    const at = (spoken: Lang) => site + inLang(typeof path === "string" ? path : path(data), spoken);
    const context = { "@context": "https://schema.org", ...about };
    return [...titles, ...tags(lang, told, at, site), ...(about ? [{ "script:ld+json": context }] : [])];
  };
}

function tags(lang: Lang, { title: name, description }: Told, at: (spoken: Lang) => string, site: string) {
  const link = (rel: string, href: string, hrefLang?: string) => ({ tagName: "link" as const, rel, href, hrefLang });
  return [
    { name: "description", content: description },
    link("canonical", at(lang)),
    link("alternate", at("id"), "id"),
    link("alternate", at("en"), "en"),
    link("alternate", at("id"), "x-default"),
    { property: "og:type", content: "website" },
    { property: "og:site_name", content: "Alfa Beauty" },
    { property: "og:title", content: name },
    { property: "og:description", content: description },
    { property: "og:url", content: at(lang) },
    { property: "og:locale", content: lang === "id" ? "id_ID" : "en_US" },
    { property: "og:image", content: `${site}/social.png` },
    { property: "og:image:width", content: "1200" },
    { property: "og:image:height", content: "630" },
    { name: "twitter:card", content: "summary_large_image" },
  ];
}

/** A page that has nothing to be found by, or is one of many views of the same. */
export function unlisted(tell: MetaFunction): MetaFunction {
  return (args) => [
    ...(tell(args) ?? []),
    ...(rootOf(args)?.viewer ? [] : [{ name: "robots", content: "noindex, follow" }]),
  ];
}
