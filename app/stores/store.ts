import type { Credit } from "#app/credit/credit.ts";

/** So many of each list stand on a store's page. */
export const shownOfStore = 10;

/** A code as a store has it. */
export const storeCode = /^PTR-[0-9]{4,6}$/;

/**
 * What a store's credit is made of. `open`: our open orders that have no invoice yet; `outstanding`: what the ERP said.
 */
export type StoreFigures = Omit<Credit, "total" | "over"> & { open: number; outstanding: number | null };

/** The parts behind the two sums of what a store owes. Of the ERP's: null where it never said anything. */
export function partsOf({ ours, open, erp, outstanding }: StoreFigures) {
  return {
    ours: { unpaid: ours - open, open },
    erp: erp === null || outstanding === null ? null : { outstanding, notThere: erp - outstanding },
  };
}
