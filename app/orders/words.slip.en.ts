import type { slip as source } from "./words.slip.id.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

/** What the warehouse picks by, on paper. */
export const slip: typeof source = {
  title: "Picking slip",
  open: "Picking slip",
  several: "Print picking slips",
  lead: "Each order begins a new page, without prices. Print from the browser’s menu.",
  most: (n) => say`Only ${n === 1 ? "the first order is" : say`the first ${n} orders are`} shown.`,
  notFound: (numbers) => `Not found: ${numbers}`,
  none: "No order selected yet",
  noneText: "Tick orders in the list, then press “Print picking slips”.",
  contact: "Contact",
  place: "City, region",
  routedTo: "Sub-distributor",
  headOffice: "Head office",
  picked: "Picked",
  article: (number) => `Article · ${number}`,
  preorder: (pieces) => `PRE-ORDER: ${pieces} waiting for stock`,
  sum: (lines, pieces) => say`${lines} ${lines === 1 ? "line" : "lines"}: ${pieces}`,
  signatures: ["Prepared by", "Checked by", "Received by"],
  signed: "Name, date, signature",
  stops: {
    ENDED: "DO NOT SHIP: this order has ended.",
    LEFT: "ALREADY SHIPPED: do not ship it again.",
    HELD: "DO NOT SHIP: this order is on hold.",
    EARLY: "DO NOT SHIP YET: this order is not approved.",
    UNDECIDED: "DO NOT SHIP YET: head office is still checking what is in this order.",
  },
};
