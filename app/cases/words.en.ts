import type { cases as source } from "./words.id.ts";
import { counted, sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

/** Cases: where a salesman's orders in stores' names came from. */
export const cases: typeof source = {
  title: "Cases",
  lead: "Salesmen who order in stores' names. Figures of the last 30 days.",
  filter: "Filter",
  all: "All",
  with: { HITS: "With signs", DISPUTES: "With “Not me”", IMPLAUSIBLE: "Implausible location", SUSPENDED: "Suspended" },
  sort: "Order",
  by: { SCORE: "Highest score", RECENT: "Latest order" },
  salesman: "Salesman",
  score: "Score",
  lastOrder: "Last order",
  orders: "Salesman's orders",
  implausible: "Implausible",
  hits: "Signs",
  disputes: "“Not me”",
  emptyTitle: "No case fits",
  emptyText: "A salesman appears here after his first order in a store's name.",
  back: "Back to the cases",
  noted: "That you read this page is in the audit trail.",
  account: "Open the account",
  export: "Export evidence",
  allDisputes: "Incoming “Not me”",
  summary: "Summary",
  summaryText: ({ name, days, orders, amount, stores }) =>
    orders === 0
      ? say`${name} placed no orders in stores' names in the last ${counted(days, "day")}.`
      : `In the last ${counted(days, "day")} ${name} placed ${counted(orders, "order")} worth ${amount} in the ` +
        `${stores === 1 ? "name" : "names"} of ${counted(stores, "store")}.`,
  verdictsText: ({ plausible, implausible, indeterminate, waiting }) =>
    say`By the location of the internet address, ${plausible} are plausible, ${implausible} implausible and ` +
    say`${indeterminate} cannot be told${waiting > 0 ? say`; ${waiting} not looked at yet` : ""}.`,
  disputesText: (n) =>
    n === 0 ? "No owner has said “Not me”." : say`Owners have said “Not me” ${n} ${n === 1 ? "time" : "times"}.`,
  scoreText: (score, review, suspend) =>
    score >= suspend
      ? say`Score ${score}: above the limit for suspension (${suspend}).`
      : score >= review
        ? say`Score ${score}: above the limit for a review (${review}).`
        : say`Score ${score}: below the limit for a review (${review}).`,
  scoreSource: (version) => say`The score was computed by version ${version} of the rules when this page was read.`,
  rule: "Sign",
  counted: (weight, hits) => `${counted(weight, "point")}, seen ${hits === 1 ? "once" : counted(hits, "time")}`,
  weighs: (weight) => `Adds ${counted(weight, "point")} to the score`,
  times: "Times",
  weak: "Weak evidence",
  weakSentence:
    "The location of an internet address is weak evidence. On mobile networks half of them are off by about 200 km, " +
    "and a VPN hides the true place. A location supports a case and never decides one.",
  database: (name, built) => `Locations by ${name}, built ${built}.`,
  noDatabase: "No order on this page has a location yet.",
  map: "Map",
  mapTitle: (name) => `Stores, and where the internet addresses of ${name}'s orders are`,
  mapDesc: (stores, places, implausible) =>
    `${counted(stores, "store")} and ${counted(places, "location")}. A circle shows how uncertain a location is. ` +
    `${counted(implausible, "order is", "orders are")} implausible. The figures are in the table.`,
  outside: (n) => say`${n} ${n === 1 ? "location is" : "locations are"} outside the map; see the table.`,
  legend: {
    store: "Store",
    place: "Location of the address, anywhere within its circle",
    line: "From the location to the store",
    bad: "Implausible",
  },
  places: "Locations of internet addresses",
  place: "Location",
  network: "Network",
  networks: { FIXED: "Fixed line", MOBILE: "Mobile", UNKNOWN: "Unknown" },
  radius: "Radius",
  km: (value) => `${value}\u00a0km`,
  ordersTitle: "Orders on this page",
  order: "Order",
  store: "Store",
  total: "Total",
  from: "From",
  distance: "Distance to the store",
  verdict: "Verdict",
  verdicts: { PLAUSIBLE: "Plausible", IMPLAUSIBLE: "Implausible", INDETERMINATE: "Cannot be told" },
  waiting: "Not looked at yet",
  because: {
    atStore: (radius) => `The store is within the radius of ${radius} km.`,
    away: (least, radius) => `At least ${least} km outside the radius of ${radius} km. So are orders by telephone.`,
    noStorePlace: "The store's place is not recorded.",
    tooFast: ({ order, least, minutes, kmh }) =>
      `From ${order}: at least ${least} km in ${counted(minutes, "minute")}, which is ${kmh} km/h.`,
    nowhere: {
      NO_ADDRESS: "No internet address was recorded.",
      BAD_ADDRESS: "What was recorded is no internet address.",
      PRIVATE_ADDRESS: "An address of an inner network: it has no location.",
      NOT_IN_DATABASE: "The database does not know this address.",
      NO_DATABASE: "The database of locations cannot be read.",
    },
  },
  notAssigned: "Not his store at that time",
  device: "Device",
  shared: (codes) => `The same device was also used by ${codes}`,
  emptyOrders: "No orders in stores' names yet.",
  hitsTitle: "Signs in this stretch of time",
  timeline: "Timeline",
  cut: (kinds) => `Too many for one page, only the newest 100: ${kinds}.`,
  kinds: {
    sessions: "acting sessions",
    hits: "signs",
    disputes: "“Not me”",
    suspensions: "suspensions",
    notes: "notes",
  },
  events: {
    order: (number, store, total) => `Order ${number} for ${store}, ${total}`,
    during: (reason, at) => `${reason} (acting since ${at})`,
    session: (store) => `Began to act for ${store}`,
    ended: {
      BY_HAND: "ended by hand",
      EXPIRED: "time was up",
      SIGNED_OUT: "signed out",
      SUSPENDED: "suspended",
      REPLACED: "replaced by another session",
    },
    hit: (rule) => `Sign: ${rule}`,
    dispute: (number, store) => `“Not me” for ${number} from ${store}`,
    outcome: { OWNER_AGREES: "the owner agreed after all", MISTAKE: "a mistake", ABUSE: "abuse" },
    suspended: "Account suspended",
    lifted: "Suspension lifted",
    note: "Note",
  },
  notes: "Notes",
  noteLabel: "New note",
  noteHint: "Read by admins and auditors. It cannot be changed or removed.",
  addNote: "Save the note",
  noteAdded: "The note was saved.",
  noNotes: "No notes yet.",
  trail: {
    CASE_READ: "Case file read",
    CASE_NOTED: "Case note added",
  },
  codes: {
    CASE_NOTE_REQUIRED: "Write the note, at least 5 letters.",
  },
};
