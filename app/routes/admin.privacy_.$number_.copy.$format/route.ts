import type { LoaderFunctionArgs } from "@remix-run/node";
import { DatabaseRefusal } from "#app/db/errors.server.ts";
import { downloadHeaders } from "#app/http/download.server.ts";
import { page, refusal, toResponse } from "#app/http/page.server.ts";
import { copyAsPage } from "#app/privacy/copy.server.ts";
import { findPrivacyCase, takeCopy } from "#app/privacy/privacy.server.ts";
import { messages } from "#app/words.ts";

/** The copy of what we hold on who asked, to be read or for programs. Taking it is told to the trail. */
export async function loader(args: LoaderFunctionArgs) {
  const { number = "", format } = args.params;
  const { visit, data } = await page(args, "admin", (db) => findPrivacyCase(db, number));
  if (format !== "html" && format !== "json") throw refusal(404, visit.lang, "NOT_FOUND");
  const headers = downloadHeaders(
    `${data.number}.${format}`,
    format === "json" ? "application/json; charset=utf-8" : "text/html; charset=utf-8",
  );
  if (args.request.method === "HEAD") return new Response(null, { headers });
  const { copy } = await visit
    .write((db) => takeCopy(db, number))
    .catch((error: unknown) => {
      const known = error instanceof DatabaseRefusal && ["NOT_PROVEN", "NO_COPY_ASKED"].includes(error.reason);
      throw known ? refusal(409, visit.lang, error.reason) : toResponse(error, visit);
    });
  const body = format === "json" ? JSON.stringify(copy, null, 2) : copyAsPage(copy, messages(visit.lang).privacy);
  return new Response(body, { headers });
}
