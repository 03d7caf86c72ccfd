import type { LoaderFunctionArgs } from "@remix-run/node";
import { leadsExportQuery } from "#app/api/shapes.ts";
import { longPatience } from "#app/db/transaction.server.ts";
import { answering, readApi, readOnly } from "#app/http/api.server.ts";
import { download, downloadHeaders } from "#app/http/download.server.ts";
import { problem } from "#app/http/problem.server.ts";
import { exportLeads, leadFile } from "#app/leads/export.server.ts";
import { leadStates, readLeadFilter } from "#app/leads/lead.ts";
import { listExportRights } from "#app/leads/lead.server.ts";
import { dayInJakarta } from "#app/ui/day.ts";
import { xlsxType } from "#app/ui/sheet.server.ts";

/** Leads as a file, for whoever has that right: the same as on the list of leads, told to the trail in the same way. */
export const loader = (args: LoaderFunctionArgs) =>
  readApi(
    args,
    { audience: "staff", query: leadsExportQuery },
    (db) => listExportRights(db),
    async ({ data, asked, visit }) => {
      if (asked.state && !leadStates.some((state) => state === asked.state))
        return problem("invalid-query", { errors: [{ parameter: "state", detail: "state: a state of a lead" }] });
      if (!data.some(({ own, allowed }) => own && allowed)) {
        await visit.noteRefused(403);
        return problem("forbidden");
      }
      const format = asked.format ?? "csv";
      const file = [
        `leads-${dayInJakarta(new Date())}.${format}`,
        format === "xlsx" ? xlsxType : "text/csv; charset=utf-8",
      ] as const;
      if (args.request.method === "HEAD") return new Response(null, { headers: downloadHeaders(...file) });
      const filter = readLeadFilter(new URL(args.request.url).searchParams);
      return answering(args, async () => {
        const exported = await visit.write((db) => exportLeads(db, format, filter), longPatience);
        return download(...file, leadFile(format, exported, visit.lang));
      });
    },
  );

export const action = readOnly;
