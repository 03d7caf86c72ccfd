import type { LoaderFunctionArgs } from "@remix-run/node";
import { env } from "#app/env.server.ts";
import { maintenance } from "#app/http/maintenance.server.ts";
import { visitOf } from "#app/http/visit.server.ts";
import { atomFeed } from "#app/status/feed.ts";
import { lastStatus } from "#app/status/last-status.server.ts";
import { shownNow } from "#app/status/status.ts";
import { defaultLang, parseLang } from "#app/words.ts";

/** What stores were told, as an Atom feed (RFC 4287) in the language of ?lang=. Programs bring no cookies. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const visit = await visitOf(args);
  const lang = parseLang(new URL(args.request.url).searchParams.get("lang")) ?? defaultLang;
  const { status, away } = await lastStatus((work) => visit.read(work));
  return new Response(atomFeed(shownNow(status, away, maintenance()), lang, env.APP_URL), {
    headers: { "content-type": "application/atom+xml; charset=utf-8", "cache-control": "public, max-age=60" },
  });
}
