import type { stores as source } from "./words.id.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

/** A store as the office knows it: its people, its credit, what it ordered, who works in its name. */
export const stores: typeof source = {
  title: "Store",
  account: "Open its account",
  call: "Call",
  suspended: "This store’s account is suspended: its orders are held, and nobody can act for it.",
  noContact: "No contact of the owner is on record.",
  about: {
    title: "About the store",
    city: "City",
    region: "Region",
    noRegion: "Not registered: this store cannot order.",
    subDistributor: "Sub-distributor",
    noSubDistributor: "None is active in this region; orders go to head office.",
    tier: "Tier",
    kind: "Kind",
    kinds: { BARBER: "Barber", BRIDAL: "Bridal", UNISEX: "Unisex salon", OTHER: "Other" },
    chairs: (n) => say`${n} ${n === 1 ? "chair" : "chairs"}`,
    known: "Known for",
    since: "Registered",
  },
  credit: {
    title: "Credit",
    reasons: {
      WITHIN_LIMIT: "An order within what is left is taken at once; a larger one waits for approval.",
      OVER_LIMIT: "It owes more than its limit. Every order waits for approval.",
      OLD_DATA: "The ERP’s credit data is older than 1 hour. Every order waits for approval.",
      NO_DATA: "The ERP has never reported what this store owes. Every order waits for approval.",
      BYPASS: "CREDIT_CHECK_BYPASS is on: limits are not compared, every order waits for approval.",
    },
    light: { GREEN: "There is credit left", AMBER: "Needs approval" },
    unpaid: "Unpaid invoices",
    open: "Open orders without an invoice",
    outstanding: "In the ERP’s data",
    notThere: "Our orders that the ERP’s data does not include yet",
  },
  orders: {
    title: "Latest orders",
    none: "This store has never ordered.",
    all: "See all orders of this store",
  },
  salesmen: { title: "Its salesmen", none: "No salesman is assigned yet.", since: "Since" },
  shadow: {
    title: "Shadow Mode",
    off: "Switched off by the owner: salesmen cannot order.",
    on: "Allowed by the owner.",
    sessions: "Who worked as this store",
    none: "No salesman has worked as this store yet.",
  },
  disputes: { title: "Orders that the owner disputed", none: "The owner has never disputed an order." },
  newest: (n) => say`The newest ${n} are shown.`,
  first: (n) => say`The first ${n} are shown.`,
};
