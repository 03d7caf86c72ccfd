import { formatRupiah } from "#app/ui/format.ts";
import { isUndecided, type OrderStatus } from "./order.ts";
import type { LineChange, Resolution } from "#app/reconcile/reconcile.ts";
import { told as en } from "./words.told.en.ts";
import { told as id } from "./words.told.id.ts";

type Lang = "id" | "en";
export type ToldOrder = {
  number: string;
  storeName: string;
  total: number;
  status: OrderStatus;
  held: boolean;
  light: "GREEN" | "AMBER";
  degraded: boolean;
  syncStatus: string;
  events: Array<{ kind: string; detail: Record<string, unknown> }>;
};

const words = { id, en };

/**
 * Where an order stands, as a message to its store: what staff may tell it, and nothing of staff's own words.
 */
export function storeText(lang: Lang, order: ToldOrder, appUrl: string): string {
  const t = words[lang];
  const note = order.events.findLast(({ kind, detail }) => kind === order.status && detail.forStore === true)?.detail
    .note;
  return [
    t.hello(order.storeName, order.number, formatRupiah(order.total, lang)),
    stateOf(lang, order),
    ...changes(lang, order),
    ...(typeof note === "string" && note !== "" ? [`${t.note}: ${note}`] : []),
    `${t.more}: ${appUrl}/orders/${order.number}`,
  ].join("\n");
}

function stateOf(lang: Lang, { status, held, light, degraded, syncStatus }: ToldOrder): string {
  const t = words[lang];
  const early = isUndecided(status);
  if (held && (early || status === "APPROVED")) return t.held;
  if (early && light === "AMBER") return t.waits;
  if (early && degraded && syncStatus !== "SYNCED") return t.manual;
  return t.status[status];
}

/** What staff changed last, while the order goes on. */
function changes(lang: Lang, { status, events }: ToldOrder): string[] {
  if (status === "REJECTED" || status === "CANCELLED") return [];
  const { resolution, lines = [] } = (events.findLast(({ kind }) => kind === "RECONCILED")?.detail ?? {}) as {
    resolution?: Resolution;
    lines?: LineChange[];
  };
  return resolution === "CUT"
    ? lines.map(words[lang].cut)
    : resolution === "PREORDER"
      ? lines.map(words[lang].preorder)
      : [];
}
