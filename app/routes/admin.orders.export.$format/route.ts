import type { LoaderFunctionArgs } from "@remix-run/node";
import { longPatience } from "#app/db/transaction.server.ts";
import { download, downloadHeaders } from "#app/http/download.server.ts";
import { page, refusal, toResponse } from "#app/http/page.server.ts";
import { exportOrders, orderFile } from "#app/orders/export.server.ts";
import { exportFormats, exportName } from "#app/orders/export.ts";
import { readOrderFilter, wrongIn } from "#app/orders/staff.ts";
import { xlsxType } from "#app/ui/sheet.server.ts";

/** The list of orders as a file, with the filters of its page. Taking it is told to the trail; looking at its headers
 * is not taking. */
export async function loader(args: LoaderFunctionArgs) {
  const { visit } = await page(args, "staff", () => Promise.resolve(null));
  const format = exportFormats.find((known) => known === args.params.format);
  if (!format) throw refusal(404, visit.lang, "NOT_FOUND");
  const params = new URL(args.request.url).searchParams;
  const filter = readOrderFilter(params);
  if (wrongIn(params, filter).any) throw refusal(400, visit.lang, "BAD_INPUT");
  const file = [exportName(format, new Date()), format === "xlsx" ? xlsxType : "text/csv; charset=utf-8"] as const;
  if (args.request.method === "HEAD") return new Response(null, { headers: downloadHeaders(...file) });
  const exported = await visit
    .write((db) => exportOrders(db, format, filter), longPatience)
    .catch((error: unknown) => {
      throw toResponse(error, visit);
    });
  return download(...file, orderFile(format, exported, visit.lang));
}
