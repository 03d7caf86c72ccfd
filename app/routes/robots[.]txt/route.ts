import { env } from "#app/env.server.ts";
import { publicPages } from "#app/ui/public-pages.ts";

/** Found may be what guests may read, and what those pages are drawn with; everything else is nobody's to index. */
export const loader = () =>
  new Response(
    [
      "User-agent: *",
      ...publicPages.map((path) => `Allow: ${path === "/" ? "/$" : path}`),
      "Allow: /?lang=en$",
      "Allow: /assets/",
      "Allow: /pictures/",
      "Allow: /social.png",
      "Allow: /favicon.svg",
      "Disallow: /",
      `Sitemap: ${env.APP_URL}/sitemap.xml`,
      "",
    ].join("\n"),
    { headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "public, max-age=3600" } },
  );
