type Rows = Record<string, number>;

/**
 * A pull that was refused for what it became, and may be accepted. Rows of each warehouse, live and refused; credit has
 * none.
 */
export type FeedRefusal = { id: number; rows: number; live: Rows | null; refused: Rows | null };

/** Warehouses that came, went or have another number of rows, by name. */
export function warehouseChanges({
  live,
  refused,
}: FeedRefusal): Array<{ name: string; before: number; after: number }> {
  if (!live || !refused) return [];
  return [...new Set([...Object.keys(live), ...Object.keys(refused)])]
    .sort()
    .map((name) => ({ name, before: live[name] ?? 0, after: refused[name] ?? 0 }))
    .filter(({ before, after }) => before !== after);
}
