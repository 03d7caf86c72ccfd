import { env } from "#app/env.server.ts";
import { inLang, publicPages } from "#app/ui/public-pages.ts";

const languages = ["id", "en"] as const;

/** The public pages, each in both languages. */
export function loader() {
  const links = publicPages.map((path) => {
    const at = (lang: "id" | "en") => env.APP_URL + inLang(path, lang);
    const others = languages.map((lang) => `<xhtml:link rel="alternate" hreflang="${lang}" href="${at(lang)}"/>`);
    return languages.map((lang) => `<url><loc>${at(lang)}</loc>${others.join("")}</url>`).join("\n");
  });
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${links.join("\n")}
</urlset>
`;
  return new Response(xml, {
    headers: { "content-type": "application/xml; charset=utf-8", "cache-control": "public, max-age=3600" },
  });
}
