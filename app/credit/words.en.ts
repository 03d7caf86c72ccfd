import type { credit as source } from "./words.id.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

/** The light of an order, and the figures that it was decided by. */
export const credit: typeof source = {
  lights: { GREEN: "Credit is sufficient", AMBER: "Needs approval" },
  decided: { APPROVED: "Credit approved", REJECTED: "Credit refused" },
  basis: {
    title: "Basis of the credit decision",
    reasons: {
      WITHIN_LIMIT: "The credit left covers this order.",
      OVER_LIMIT: "This order exceeds the credit left.",
      OLD_DATA: "The ERP's credit data was older than 1 hour, so this order needed approval.",
      NO_DATA: "The ERP has never reported what this store owes, so this order needed approval.",
      BYPASS: "The limit was not compared because CREDIT_CHECK_BYPASS was on, so this order needed approval.",
    },
    by: "Decided by",
    limit: "Credit limit",
    ourExposure: "Owed by our records",
    erpExposure: "Owed by the ERP",
    erpUnknown: "Not known",
    room: "Left: the limit less the larger of the two",
    total: "This order",
    over: "Exceeds what is left by",
    creditAsOf: "ERP credit data as of",
  },
  invoices: {
    title: "Unpaid invoices",
    none: "There are no unpaid invoices.",
    number: "Invoice",
    due: "Due",
    overdue: (days) => say`${days} ${days === 1 ? "day" : "days"} overdue`,
    left: "Still owed",
  },
};
