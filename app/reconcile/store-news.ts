import { type LineChange, type Resolution, resolutions } from "./reconcile.ts";

/**
 * What a store is told of it: that its order is being checked (`resolution` null), or what became of it. Null:
 * nothing, or nothing any more.
 */
export type StoreNews = {
  resolution: Resolution | null;
  lines: LineChange[];
  /** After lines were cut. */ newTotal: number | null;
};

/** The same out of an order's history. */
export function storeNews(
  events: Array<{ kind: string; detail: Record<string, unknown> }>,
  status: string,
): StoreNews | null {
  const at = events.findLastIndex(({ kind }) => kind === "RECONCILE_OPEN" || kind === "RECONCILED");
  if (at < 0) return null;
  const { kind, detail } = events[at]!;
  const synced = events.slice(at + 1).some((event) => event.kind === "SYNCED");
  if (kind === "RECONCILE_OPEN")
    return synced || status === "REJECTED" || status === "CANCELLED"
      ? null
      : { resolution: null, lines: [], newTotal: null };
  const { lines = [], total } = detail as { lines?: LineChange[]; total?: { to: number } };
  const resolution = resolutions.find((each) => each === detail.resolution);
  if (!resolution || (resolution === "RETRY" && synced)) return null;
  // Of what waits for stock the store is told how much, not what there was before.
  const shown = resolution === "CUT" ? lines : lines.map((line) => ({ ...line, from: 0, to: line.to - line.from }));
  return { resolution, lines: shown, newTotal: resolution === "CUT" ? (total?.to ?? null) : null };
}
