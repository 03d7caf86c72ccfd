import { listSkus } from "#app/catalogue/product.server.ts";
import { Unavailable } from "#app/db/errors.server.ts";
import { readOne } from "#app/db/transaction.server.ts";
import { env } from "#app/env.server.ts";
import { articlePage, inLang, publicPages } from "#app/ui/public-pages.ts";

const languages = ["id", "en"] as const;

/** The public pages and every article, each in both languages; without the database the pages alone, for now. */
export async function loader() {
  const skus = await readOne(null, listSkus).catch((error: unknown) => {
    if (error instanceof Unavailable) return null;
    throw error;
  });
  const paths = [...publicPages, ...(skus ?? []).map(({ sku }) => articlePage(sku))];
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${paths.flatMap(entries).join("\n")}
</urlset>
`;
  const cache = skus ? "public, max-age=3600" : "no-store";
  return new Response(xml, { headers: { "content-type": "application/xml; charset=utf-8", "cache-control": cache } });
}

function entries(path: string): string[] {
  const at = (lang: "id" | "en") => env.APP_URL + inLang(path, lang);
  const others = languages.map((lang) => `<xhtml:link rel="alternate" hreflang="${lang}" href="${at(lang)}"/>`);
  return languages.map((lang) => `<url><loc>${at(lang)}</loc>${others.join("")}</url>`);
}
