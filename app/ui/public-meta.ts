import type { MetaFunction } from "@remix-run/node";
import { type Lang, type Messages, messages } from "#app/words.ts";
import { inLang, type PublicPage } from "./public-pages.ts";
import { title } from "./title.ts";

type Root = { lang: Lang; site: string | null };

/** What search engines and messengers are told of a page: title, description, both languages, a picture. */
export const publicMeta =
  (path: PublicPage, say: (t: Messages) => { title: string; description: string }): MetaFunction =>
  (args) => {
    const titles = title((t) => say(t).title)(args) ?? [];
    const root = args.matches.find(({ id }) => id === "root")?.data as Root | undefined;
    if (!root?.site || args.error) return titles;
    const { lang, site } = root;
    const { title: name, description } = say(messages(lang));
    const at = (spoken: Lang) => site + inLang(path, spoken);
    const link = (rel: string, href: string, hrefLang?: string) => ({ tagName: "link" as const, rel, href, hrefLang });
    return [
      ...titles,
      { name: "description", content: description },
      link("canonical", at(lang)),
      link("alternate", at("id"), "id"),
      link("alternate", at("en"), "en"),
      link("alternate", at("id"), "x-default"),
      { property: "og:type", content: "website" },
      { property: "og:title", content: name },
      { property: "og:description", content: description },
      { property: "og:url", content: at(lang) },
      { property: "og:locale", content: lang === "id" ? "id_ID" : "en_US" },
      { property: "og:image", content: `${site}/social.png` },
      { property: "og:image:width", content: "1200" },
      { property: "og:image:height", content: "630" },
      { name: "twitter:card", content: "summary_large_image" },
    ];
  };
