import type * as source from "./words.feeds.id.ts";
import { counted, sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

/** Stock and credit as the ERP sends them. */
export const feeds: typeof source.feeds = {
  title: "Data from the ERP",
  lastGood: "Last complete data",
  rows: "Rows",
  clock: "The ERP's clock",
  clockRight: "Agrees with ours",
  ahead: (span) => `${span} fast`,
  behind: (span) => `${span} slow`,
  refused: "The last pull was refused",
  wanted: "The next pull has been asked for.",
  same: "The ERP sent the same picture. Nothing has changed, and the age of the data goes on growing. Last asked for",
  accept: "Accept the change",
  acceptLead: (feed, rows, refused) =>
    `The live ${feed} data has ${counted(rows, "row")}, what was refused has ${refused}.`,
  warehouseNew: (name, rows) => `New warehouse: ${name}, ${counted(rows, "row")}`,
  warehouseGone: (name, rows) => `Missing warehouse: ${name}, ${counted(rows, "row")} before`,
  warehouseRows: (name, before, after) => `Warehouse ${name}: from ${before} to ${counted(after, "row")}`,
  acceptWill:
    "Accept only when the ERP has really changed. The data is pulled again at once and goes live when its size is " +
    "like the one refused here; any other is still refused.",
  acceptWarehouses:
    "Accept only when the ERP has really changed. The data is pulled again at once and goes live when its " +
    "warehouses and sizes are like those refused here; anything else is still refused. Stock of a new warehouse " +
    "is then sold too, that of a missing one no longer.",
  reason: "Why this change is right",
  reasonHint: "At least 5 letters. Kept in the audit trail.",
  accepted: (feed) => `The change of the ${feed} data is accepted. The next pull has been asked for.`,
  back: "Back to the ERP page",
  settled: "The last pull of this data was not refused for its size or its warehouses. There is nothing to accept.",
  rejected: "Refused pulls",
  noneRejected: "None of the last 20 pulls was refused.",
  all: "Table: the last 20 pulls",
  names: { stock: "Stock", credit: "Credit" },
};

/** The last pulls of a feed. */
export const pulls: typeof source.pulls = {
  title: "Last 20 pulls",
  none: "No data has been pulled yet.",
  at: "Time",
  source: "Data",
  outcome: "Outcome",
  accepted: "Accepted",
  declined: "Refused",
  reason: "Reason",
  rows: "Rows",
  snapshot: "Data number",
};

/** Rows of a feed that could not be used. */
export const aside: typeof source.aside = {
  caption: "Rows set aside",
  lead: (n) =>
    say`${n} ${n === 1 ? "row" : "rows"} could not be used and ${n === 1 ? "is" : "are"} set aside; all else is ` +
    "live. Ask the ERP's people to mend it.",
  key: "Row",
  sent: "What was sent",
  holds: "What holds",
  asOf: "From",
  unknown: { stock: "unknown article", credit: "unknown store" },
  nothing: "not known",
  more: (n) => say`and ${n} more`,
};

/** Why a pull was refused or a call failed. */
export const reasons: typeof source.reasons = {
  ASIDE: "Some rows were set aside; their earlier figures go on to hold.",
  SIZE: "The number of rows changed by more than 30% against the data before.",
  SAME: "The ERP sent the same picture.",
  WAREHOUSE_NEW: "There is a warehouse that was not there before.",
  WAREHOUSES: "There are too many warehouses.",
  LARGE: "The pieces of an article are too large a number.",
  DATABASE: "Our database refused this data.",
  OLDER: "This pull began before the data that is live now.",
  EMPTY: "The data is empty.",
  NUMBER: "A figure is not a whole number, or a stock is below zero.",
  TWICE: "An article or a store appears twice.",
  UNKNOWN_ARTICLE: "An article is not in our catalogue.",
  UNKNOWN_STORE: "A store is not known to us.",
  WAREHOUSE: "A warehouse is missing from the data.",
  WAREHOUSE_NAME: "A warehouse has a code that we do not know.",
  MIXED: "Pages of the data come from two different moments.",
  SHORT: "The data is cut off: fewer rows came than were announced.",
  TIMEOUT: "The ERP gave no complete answer in time.",
  CONNECTION: "The ERP cannot be reached.",
  BUSY: "The ERP asks us to slow down (too many calls).",
  STATUS: "The ERP answered with an error.",
  TOO_LONG: "The ERP's answer is too large.",
  FOREIGN: "The ERP's answer belongs to another question.",
  CONTENT: "The ERP's answer cannot be read.",
  OTHER: "Another reason.",
};
