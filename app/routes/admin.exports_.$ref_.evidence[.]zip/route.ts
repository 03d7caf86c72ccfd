import type { LoaderFunctionArgs } from "@remix-run/node";
import { longPatience } from "#app/db/transaction.server.ts";
import { DatabaseRefusal } from "#app/db/errors.server.ts";
import { download, downloadHeaders } from "#app/http/download.server.ts";
import { page, refusal, toResponse } from "#app/http/page.server.ts";
import { beginDownload, finishExport, readPackage } from "#app/evidence/download.server.ts";
import { findExport } from "#app/evidence/export.server.ts";

/** The package, made while it is sent. Opening it is told to the trail; looking at its headers is not opening. */
export async function loader(args: LoaderFunctionArgs) {
  const { ref = "" } = args.params;
  const { data: found, visit } = await page(args, "auditor", (db) => findExport(db, ref));
  const file = [`${ref}-${found.subjectCode}.zip`, "application/zip"] as const;
  if (args.request.method === "HEAD") return new Response(null, { headers: downloadHeaders(...file) });
  const scope = await visit
    .write((db) => beginDownload(db, ref))
    .catch((error: unknown) => {
      throw error instanceof DatabaseRefusal && error.reason === "EXPORT_OLD"
        ? refusal(410, visit.lang, "EXPORT_OLD")
        : toResponse(error, visit);
    });
  const bytes = readPackage(
    scope,
    ref,
    (work) => visit.read(work, longPatience),
    async (sha256, size) => {
      const same = await visit.write((db) => finishExport(db, ref, sha256, size));
      // Then the download must not look whole: an export is never two files.
      if (!same) throw new Error(`${ref} came out as another file than before.`);
    },
  );
  return download(...file, bytes);
}
