import type { LoaderFunctionArgs } from "@remix-run/node";
import { invoiceQuery } from "#app/api/shapes.ts";
import { listInvoices } from "#app/credit/invoices.server.ts";
import { json, readApi, readOnly } from "#app/http/api.server.ts";
import { problem } from "#app/http/problem.server.ts";
import { isStaff } from "#app/ui/navigation.ts";
import { listAddress } from "#app/ui/list.ts";

/** Invoices: a store's own, or for staff those of one store or of all; newest first. */
export const loader = (args: LoaderFunctionArgs) =>
  readApi(
    args,
    { audience: "signed-in", query: invoiceQuery },
    (db, asked) => listInvoices(db, asked),
    async ({ data, asked: { after: _, ...asked }, viewer, visit }) => {
      if (!viewer.store && !isStaff(viewer.account?.role)) {
        await visit.noteRefused(403);
        return problem("forbidden");
      }
      return json({
        invoices: data.invoices.map(({ id: _, dueOn, issuedOn, overdue, ...invoice }) => ({
          ...invoice,
          issued_on: issuedOn,
          due_on: dueOn,
          overdue_days: overdue,
        })),
        next: data.next && listAddress("/api/invoices", { ...asked, after: data.next }),
      });
    },
  );

export const action = readOnly;
