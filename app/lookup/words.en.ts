import type { lookup as source } from "./words.id.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

/** The one field of the office: whatever has a number, a name or a telephone is found by it. */
export const lookup: typeof source = {
  title: "Search",
  label: "Find an order, store, lead, person or article",
  placeholder: "Number, name, phone, e-mail, SKU",
  resultsFor: (typed) => `Results for “${typed}”`,
  kinds: {
    order: "Orders",
    invoice: "Invoices",
    store: "Stores",
    lead: "Leads",
    person: "Salesmen and head office",
    article: "Articles",
    incident: "Incidents",
    privacy: "Requests about personal data",
  },
  more: (n) => say`The first ${n} are shown. Type more to narrow it down.`,
  nothing: (typed) => `Nothing matches “${typed}”`,
  start: "What can be looked for",
  ways: [
    ["Order number", "ORD-2026-000042 or 000042"],
    ["Invoice number", "INV-2026-000042 or INV-42"],
    ["A few digits", "42 or 0812: orders, invoices, stores, leads and articles whose number has them"],
    ["Store", "its name or code: Salon Budi, PTR-0001"],
    ["Lead", "the name of the business or of the person, or LEAD-2026-00042"],
    ["Phone of a store’s owner or a lead", "0812…, +62 812…, with or without spaces and hyphens, six digits at least"],
    ["E-mail", "the whole address, or its beginning up to the @"],
    ["Salesman", "his name or code: Sari, SLS-001"],
    ["Article", "its SKU or words of its name: ALF-0042, alf42, shampoo"],
    ["Incident, ERP document or request about personal data", "its whole number"],
  ],
};
