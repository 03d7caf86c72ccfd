import type * as source from "./words.duty.id.ts";
import { counted, sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

/** The weekly comparison of stock. */
export const stock: typeof source.stock = {
  title: "Weekly stock comparison",
  back: "Back to the ERP page",
  lead:
    "Each Sunday at 22:00 WIB the stock that we show is compared with the ERP's fresh stock. The target is below " +
    "1%; above 5% admins are told and an incident opens.",
  levels: { GOOD: "On target", WATCH: "Above target", BAD: "Too large" },
  difference: "Difference",
  open: "See the details",
  never: "Never compared. The first comparison: Sunday 22:00 WIB.",
  now: "Compare now",
  nowHint: "Stock is pulled from the ERP, then compared.",
  asked: "The comparison has been asked for. Its result appears once the next stock has arrived.",
  waiting: (by) => `Asked for by ${by}; waiting for the next stock from the ERP.`,
  failed: "The last comparison could not be computed:",
  adminOnly: "Only admins ask for a comparison.",
  history: "The last 12 comparisons",
  at: "Time",
  kind: "Kind",
  weekly: "Weekly",
  byHand: (code) => `Asked for by ${code}`,
  articles: "Articles that differ",
  articlesOf: (differing, all) => `${differing} of ${all}`,
  ours: "Our stock",
  erp: "ERP stock",
  explained: "Explained by our orders",
  gap: "Difference (pieces)",
  percent: "Difference (%)",
  state: "Verdict",
  worst: "Largest differences",
  noWorst: "All articles agree.",
  article: "Article",
  warehouses: "By warehouse (ours / ERP)",
  rule:
    "Difference = the sum of |ERP stock − our stock| over all articles, divided by the ERP's stock. Where the " +
    "ERP's stock went down, pieces of our orders that reached the ERP between the two snapshots do not count as a " +
    "difference.",
};

/** The weekly checkpoint with the IT team. */
export const checkpoints: typeof source.checkpoints = {
  title: "Weekly ERP checkpoint",
  back: "Back to the ERP page",
  lead: "Each week we talk with the IT team about API access: who took part, what was said, what is still open.",
  never: "No checkpoint yet.",
  missing: "Missing",
  running: "This week",
  missingCount: (n) => say`${n} ${n === 1 ? "week" : "weeks"} without a checkpoint`,
  open: "Open checkpoints",
  write: "Write a checkpoint",
  week: "Week",
  weekOf: (from, to) => `${from} – ${to}`,
  attended: "Who took part",
  attendedHint: "Names and departments, separated by commas.",
  notes: "Notes",
  notesHint: "What was said and decided.",
  points: "Open points",
  pointsHint: "Who does what, until when. May be empty.",
  risk: "Risk level of the integration",
  risks: { HIGH: "High", MEDIUM: "Medium", LOW: "Low" },
  riskOf: (risk) => `${risk} risk`,
  buffer: (days) => `Buffer used (of ${counted(days, "man-day")})`,
  bufferHint: "For mending gaps of the integration. Halves will do, such as 2.5.",
  bufferOf: (used, days) => `Buffer used: ${used} of ${counted(days, "man-day")}`,
  watch: "Intensive watching",
  watchFrom: "From week",
  watchTo: "To week",
  watchOf: (from, to) => say`Intensive watching in weeks ${from} to ${to}`,
  save: "Save the checkpoint",
  saved: "The checkpoint is saved.",
  weeks: "Week by week",
  by: (code) => `Written by ${code}`,
  adminOnly: "Only admins write checkpoints.",
};
