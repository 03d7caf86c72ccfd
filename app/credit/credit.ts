/** The inputs of a credit decision and what came of it; stored with an order. Whole rupiah. */
export type Credit = {
  light: "GREEN" | "AMBER";
  reason: "WITHIN_LIMIT" | "OVER_LIMIT" | "OLD_DATA" | "NO_DATA" | "BYPASS";
  limit: number;
  ours: number;
  erp: number | null;
  room: number;
  total: number;
  over: number;
  asOf: string | null;
  /** Paid to the ERP beyond what was owed there; only where there is such. */
  deposit?: number;
};

/** The same as a store may read it. */
export type StoreCredit = Pick<Credit, "light" | "limit" | "room" | "total" | "over" | "asOf"> & {
  reason: Exclude<Credit["reason"], "BYPASS"> | "MANUAL";
};
