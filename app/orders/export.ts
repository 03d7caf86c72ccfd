import { waitsForApproval } from "#app/approvals/approval.ts";
import { keysOf } from "#app/ui/keys.ts";
import type { SheetColumn } from "#app/ui/sheet.server.ts";
import type { Messages } from "#app/words.ts";
import { hasEnded } from "./order.ts";
import type { StaffOrderRow } from "./staff-orders.server.ts";
import type { OrderFilter } from "./staff.ts";

/** A file of orders has as many at most. */
export const exportMost = 10_000;

export const exportFormats = ["xlsx", "csv"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/**
 * What the trail says that a list was filtered by: codes and days, and of what was typed into the search only that
 * there was something.
 */
export const filterAsCodes = ({ q, after: _, ...filter }: OrderFilter): Record<string, string | true> =>
  Object.fromEntries([
    ...keysOf(filter).flatMap((name) => (filter[name] === null ? [] : [[name, filter[name]] as const])),
    ...(q ? [["search", true] as const] : []),
  ]);

/** How many orders a list has in all, of what its filters count. */
export const countOf = ({ status }: OrderFilter, counts: { status: Record<string, number> }): number =>
  status ? (counts.status[status] ?? 0) : Object.values(counts.status).reduce((sum, n) => sum + n, 0);

// As the list has it, whose badge says whether an order is held.
const waits = ({ light, status }: StaffOrderRow) => waitsForApproval({ light, status });

// Of a store's own order the list does not say who placed it.
const salesman = ({ shadow, placedBy }: StaffOrderRow) => (shadow ? placedBy : null);

/** For people: what the list shows, in its words. */
export function peoplesColumns(t: Messages): Array<SheetColumn<StaffOrderRow>> {
  const words = t.orders;
  return [
    { heading: words.number, value: ({ number }) => number, width: 18 },
    { heading: words.saved.placedAt, value: ({ placedAt }) => placedAt, as: "moment", width: 20 },
    { heading: words.saved.storeCode, value: ({ storeCode }) => storeCode, width: 12 },
    { heading: words.store, value: ({ storeName }) => storeName, width: 32 },
    { heading: words.status, value: ({ status }) => words.statuses[status], width: 18 },
    { heading: words.list.held, value: ({ held, status }) => (held && !hasEnded(status) ? t.ui.yes : null), width: 10 },
    { heading: words.saved.credit, value: (row) => (waits(row) ? t.credit.lights[row.light] : null) },
    {
      heading: words.sync,
      value: ({ syncStatus, status }) =>
        syncStatus === "FAILED" && hasEnded(status) ? words.syncEnded : words.syncStatuses[syncStatus],
      width: 24,
    },
    { heading: words.placedBy, value: (row) => salesman(row) ?? words.placement.placedByStore, width: 24 },
    { heading: words.total, value: ({ total }) => total, as: "rupiah" },
  ];
}

/** For programs: codes, moments by ISO 8601 in Jakarta's time, whole rupiah. */
export const programsColumns: Array<[heading: string, value: (row: StaffOrderRow) => unknown]> = [
  ["number", ({ number }) => number],
  ["placedAt", ({ placedAt }) => isoWib(placedAt)],
  ["storeCode", ({ storeCode }) => storeCode],
  ["storeName", ({ storeName }) => storeName],
  ["storeSuspended", ({ storeSuspended }) => storeSuspended],
  ["status", ({ status }) => status],
  ["held", ({ held, status }) => held && !hasEnded(status)],
  ["waitsForCredit", waits],
  ["sync", ({ syncStatus }) => syncStatus],
  ["shadow", ({ shadow }) => shadow],
  ["salesman", salesman],
  ["total", ({ total }) => total],
];

const isoWib = (moment: Date) => `${new Date(moment.getTime() + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`;

/** What a file of this moment is called: "orders-20261130-1405.xlsx". */
export const exportName = (format: ExportFormat, at: Date) =>
  `orders-${isoWib(at).slice(0, 16).replaceAll(/[-:]/g, "").replace("T", "-")}.${format}`;
