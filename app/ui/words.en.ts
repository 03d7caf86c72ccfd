import type { ui as source } from "./words.id.ts";
import { overview, dashboard } from "./words.overview.en.ts";
import { errors } from "./words.errors.en.ts";
import { counted, sayIn } from "./say.ts";

const say = sayIn("en");

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** Words of the frame around every page, of forms and lists, and of the pages that many rooms share. */
export const ui: typeof source = {
  brand: "Alfa Beauty",
  tagline: "Salon and barber supplies, straight from the distributor.",
  title: (page) => `${page} · Alfa Beauty`,
  skip: "Skip to the content",
  footer: "PT. Alfa Beauty Cosmetica · All times in WIB (UTC+7)",
  switchLanguage: "Bahasa",
  switchLanguageLabel: "Change language to Indonesian",
  nav: {
    label: "Main menu",
    home: "Home",
    catalogue: "Catalogue",
    cart: "Cart",
    orders: "Orders",
    clients: "Clients",
    alerts: "Alerts",
    erp: "ERP",
    settings: "Settings",
    audit: "Audit trail",
    signIn: "Sign in",
    signOut: "Sign out",
    overview: "Overview",
    approvals: "Approvals",
    reconcile: "Reconciliation",
    shadow: "Salesmen",
    tasks: "Tasks",
    incidents: "Incidents",
    leads: "Leads",
    disputes: "Not me",
    cases: "Cases",
    accounts: "Accounts",
    reviews: "Reviews",
    exports: "Evidence exports",
    more: "More",
    waiting: (n) => `${n} waiting`,
    groups: { work: "Work", shadow: "Shadow Mode", people: "Stores and accounts", system: "System" },
  },
  actions: {
    more: "More",
    moreHere: "in this list",
    save: "Save",
    search: "Search",
    filter: "Apply",
    clear: "Clear filters",
    back: "Back",
    copy: "Copy",
    copied: "Copied",
    print: "Print",
    change: "Change",
    remove: "Remove",
  },
  password: { show: "Show", hide: "Hide", typed: "password" },
  form: {
    summaryTitle: "Please check again",
    kept: "What you wrote, not saved",
    inTitle: "Error: ",
    errorPrefix: "To check:",
    tooLong: (most) => say`At most ${counted(most, "letter")}. Shorten it, then search again.`,
    showing: (shown) => say`${shown} shown`,
  },
  filters: { none: "Search and filter", set: (n) => say`Filter (${n})` },
  pager: { label: "Pages", next: "Next", back: "Previous", previous: "To the start" },
  banners: {
    maintenance: {
      FULL: (until: string | null) =>
        `The shop is closed for maintenance${until ? ` until ${until}` : ""}; only head office gets in.`,
      READ_ONLY: (until: string | null) =>
        `Maintenance${until ? ` until ${until}` : ""}: for now you can only look, not order.`,
    },
    degraded: {
      guest: "Maintenance in progress. You can still look at the catalogue.",
      store:
        "Maintenance in progress. Admin will process your order by hand. Please wait for confirmation on WhatsApp.",
      salesman:
        "Maintenance in progress. Orders for your clients still come in and are processed by hand; " +
        "stores are told on WhatsApp.",
      admin:
        "The link to the ERP is down or manual mode is on. Orders still come in; their stores wait for word from the " +
        "office.",
      auditor: "The link to the ERP is down or manual mode is on. Orders still come in and wait for reconciliation.",
    },
    stockUnknown: {
      guest: "There is no stock data yet. We take your order all the same; an admin makes sure of the stock.",
      store: "There is no stock data yet. We take your order all the same; an admin makes sure of the stock.",
      salesman:
        "There is no stock data yet. Orders for your clients are taken all the same; an admin makes sure of the stock.",
      admin: "There is no stock data from the ERP yet. Orders are taken; the office has to make sure of the stock.",
      auditor: "There is no stock data from the ERP yet. Orders are taken; the office has to make sure of the stock.",
    },
    stockAge: (minutes) =>
      minutes < 2
        ? `Stock was last updated ${minutes < 1 ? "less than a" : "1"} minute ago.`
        : say`Stock was last updated ${minutes} minutes ago.`,
    bypass: (until) => `CREDIT_CHECK_BYPASS is on until ${until}. Every order waits for approval.`,
    actingAs: (store) => `You are acting as ${store}`,
    actingLeft: (minutes, until) => say`${minutes} ${minutes === 1 ? "minute" : "minutes"} left (${until})`,
    actingLastMinute: (until) => `less than 1 minute left (${until})`,
    actingEnd: "End",
    actingSwitch: "Switch store",
  },
  relative: {
    now: "just now",
    minutes: (n) => say`${n} min ago`,
    hours: (n) => say`${n} h ago`,
    days: (n) => say`${n} ${n === 1 ? "day" : "days"} ago`,
    ahead: {
      minutes: (n) => say`in ${n} min`,
      hours: (n) => say`in ${n} h`,
      days: (n) => say`in ${n} ${n === 1 ? "day" : "days"}`,
    },
  },
  month: (name) => `${months[Number(name.slice(5)) - 1] ?? name} ${name.slice(0, 4)}`,
  readAt: "Read from the database at",
  countedTo: "Numbers are counted up to 1.000.",
  readOnly: "Auditor account: reading only.",
  attempts: (n) => say`${n} ${n === 1 ? "attempt" : "attempts"}`,
  nextAttempt: "Next attempt",
  lastError: "Last error",
  none: "None",
  yes: "Yes",
  no: "No",
  overview,
  dashboard,
  errors,
};
