import type { StockGap } from "#app/erp/duty.server.ts";
import { stockOf, warehouses } from "#mocks/erp/state.ts";
import { day, hour, minute, wibDate, wibMidnight } from "./calendar.ts";
import type { Product } from "./catalogue.ts";
import type { Chance } from "./random.ts";
import type { Row } from "./rows.ts";

/** A past comparison of stock: when its snapshots were taken, and its row without their ids. */
export type PastCheck = { at: number; before: number; row: Row };

/** The last Sundays at 22:00 WIB, the older one well within the target and the newer one not quite; oldest first. */
export function inventChecks(products: Product[], now: number, chance: Chance): PastCheck[] {
  // A Sunday that has not come to 22:10 yet is one to come.
  const latest = wibMidnight(now - 22 * hour - 10 * minute, 0);
  const sunday = latest - new Date(latest + 7 * hour).getUTCDay() * day;
  return (
    [
      [sunday - 7 * day, 0.4],
      [sunday, 1.8],
    ] as const
  ).map(([midnight, percent]) => {
    const at = midnight + 22 * hour + chance.whole(1, 9) * minute;
    return {
      at,
      before: at - 15 * minute,
      row: {
        week: wibDate(midnight - 6 * day),
        at: new Date(at).toISOString(),
        ...compared(products, percent, chance),
      },
    };
  });
}

/** Articles that differ until the gaps come to that per cent of the ERP's pieces. */
function compared(products: Product[], percent: number, chance: Chance): Row {
  const pieces = products.reduce(
    (sum, { sku }) => sum + warehouses.reduce((all, warehouse) => all + stockOf(sku, warehouse), 0),
    0,
  );
  const wanted = Math.round((pieces * percent) / 100);
  const gaps = new Map<string, StockGap>();
  let left = wanted;
  while (left > 0) {
    const { sku, name } = chance.pick(products);
    const kept = warehouses.map((warehouse) => ({ warehouse, erp: stockOf(sku, warehouse) }));
    // Most differ by a few, some by many.
    const gap = Math.min(left, 2 + Math.floor(70 * chance.next() ** 3));
    const explained = chance.is(0.3) ? chance.whole(1, 6) : 0;
    if (gaps.has(sku)) continue;
    left -= gap;
    const [first, ...others] = kept.map(({ warehouse, erp }) => ({ warehouse, ours: erp, erp }));
    const erp = kept.reduce((sum, each) => sum + each.erp, 0);
    gaps.set(sku, {
      sku,
      name,
      ours: erp + gap + explained,
      erp,
      explained,
      gap,
      warehouses: [{ ...first!, ours: first!.erp + gap + explained }, ...others],
    });
  }
  const all = [...gaps.values()].sort((a, b) => b.gap - a.gap || (a.sku < b.sku ? -1 : 1));
  const explained = all.reduce((sum, each) => sum + each.explained, 0);
  return {
    articles: products.length,
    differing: all.length,
    pieces_erp: pieces,
    pieces_ours: pieces + wanted + explained,
    explained,
    unexplained: wanted,
    percent: (wanted * 100) / pieces,
    level: percent < 1 ? "GOOD" : "WATCH",
    worst: all.slice(0, 20),
  };
}
