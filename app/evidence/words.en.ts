import type { evidence as source } from "./words.id.ts";
import { counted } from "#app/ui/say.ts";

/** Packages of evidence about a salesman, for HR and legal. */
export const evidence: typeof source = {
  title: "Evidence exports",
  lead: "Who asked for a package of evidence, about whom, and why.",
  about: (code) => `About ${code}`,
  emptyTitle: "No exports yet",
  emptyText: "An auditor asks for one from a salesman's case file.",
  ref: "Number",
  request: "Request",
  subject: "Salesman",
  period: "Period",
  periodOf: (from, to) => `${from} – ${to}`,
  reason: "Reason",
  requestedBy: "Requested by",
  requestedAt: "Requested",
  state: "State",
  states: { OPEN: "Ready to download", COMPLETE: "Downloaded whole", CLOSED: "Download closed" },
  rows: "Contents",
  auditRows: "Rows of the audit trail",
  orderRows: "Orders in a store's name",
  hitRows: "Rules that fired",
  chainRows: "Digests in the stretch of the chain",
  upTo: "Up to seal",
  upToOf: (batch, seq) => `${batch}, number ${seq}`,
  size: "Size",
  sizeOf: (bytes) => `${counted(bytes, "byte")}`,
  sum: "SHA-256 of the ZIP file",
  sumLater: "Written here when the first download is complete.",
  form: {
    title: (name) => `Export evidence: ${name}`,
    lead:
      "A ZIP package with the audit trail, the orders in a store's name and the rules that fired, and a checker of " +
      "its authenticity.",
    from: "From",
    to: "To",
    toHint: "Calendar of Jakarta (WIB), both days included. At most 400 days.",
    reasonHint: "At least 5 letters. Written to the audit trail with your name.",
    submit: "Prepare package",
    back: "Back to the case file",
    made: (ref) => `${ref} is ready to download.`,
  },
  download: {
    title: "Download",
    explain: (rows) => `${counted(rows, "row")}. The package is made while it downloads; this page may be closed.`,
    act: "Download ZIP package",
    audited: "Every download is written to the audit trail.",
    until: "Open for 24 hours after the request, for the one who asked alone.",
    closed: "The download is closed, or this export is another auditor's.",
    again: "New export of the same period",
  },
  check: {
    title: "Checking its authenticity",
    sum: "Compare the SHA-256 of the ZIP file with the one on this page.",
    script: "Unpack the ZIP into a folder, then run the checker with the company's public key:",
    says: "It checks every file, every row, the chain up to the last seal, and its signatures.",
    weak:
      "The place of an IP address is weak evidence: on mobile networks it is off by about 200 km. It supports a case " +
      "and never decides one.",
  },
  back: "Back to the exports",
  trail: {
    EVIDENCE_EXPORTED: "Evidence package requested",
    EVIDENCE_COMPLETED: "Evidence package completed",
    EVIDENCE_DOWNLOADED: "Evidence package downloaded",
  },
  codes: {
    PERIOD: "The last day cannot be before the first or after today. At most 400 days.",
    NOT_SIGNED_YET:
      "The audit trail has not been signed yet. Try again in some minutes; if it stays so, check the worker's " +
      "signing key.",
    EXPORT_TOO_LARGE: "Too much for one export. Choose a shorter period.",
    EXPORT_OLD: "Downloads close 24 hours after the request. Ask for a new export of the same period.",
  },
};
