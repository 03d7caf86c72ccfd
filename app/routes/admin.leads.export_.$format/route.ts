import type { LoaderFunctionArgs } from "@remix-run/node";
import { longPatience } from "#app/db/transaction.server.ts";
import { download, downloadHeaders } from "#app/http/download.server.ts";
import { page, refusal, toResponse } from "#app/http/page.server.ts";
import { exportLeads, leadFile } from "#app/leads/export.server.ts";
import { exportFormats, readLeadFilter } from "#app/leads/lead.ts";
import { listExportRights } from "#app/leads/lead.server.ts";
import { dayInJakarta } from "#app/ui/day.ts";
import { xlsxType } from "#app/ui/sheet.server.ts";

/** The list of leads as a file, for whoever has that right. Taking it is told to the trail. */
export async function loader(args: LoaderFunctionArgs) {
  const { visit, data } = await page(args, "staff", (db) => listExportRights(db));
  const format = exportFormats.find((known) => known === args.params.format);
  if (!format) throw refusal(404, visit.lang, "NOT_FOUND");
  if (!data.some(({ own, allowed }) => own && allowed)) throw refusal(403, visit.lang, "DENIED");
  const filter = readLeadFilter(new URL(args.request.url).searchParams);
  const name = `leads-${dayInJakarta(new Date())}.${format}`;
  const file = [name, format === "xlsx" ? xlsxType : "text/csv; charset=utf-8"] as const;
  if (args.request.method === "HEAD") return new Response(null, { headers: downloadHeaders(...file) });
  const exported = await visit
    .write((db) => exportLeads(db, format, filter), longPatience)
    .catch((error: unknown) => {
      throw toResponse(error, visit);
    });
  return download(...file, leadFile(format, exported, visit.lang));
}
