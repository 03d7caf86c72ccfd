import type { http as source } from "./words.id.ts";

/** What went wrong, what was kept, what to do. Keys are the codes that commands answer with. */
export const http: typeof source = {
  codes: {
    NOT_FOUND: "We could not find it.",
    DENIED: "Your account is not allowed to do this.",
    IN_USE:
      "Somebody else is at work on this account, so nothing has changed yet. Try again in a moment; if it stays " +
      "like this, tell whoever runs the system.",
    STALE: "This has changed since the page was opened. Reload, then try again.",
    SESSION_EXPIRED: "Your session has ended. Please sign in again.",
    REASON_REQUIRED: "Write the reason, at least 5 letters.",
    OLD_PAGE: "This page has been open for too long. Nothing has changed. Reload it, then send again.",
    BAD_TEXT: "The text contains characters that cannot be stored. Remove them, then send again.",
    BAD_INPUT: "We could not read this. Please check it and send it again.",
    REQUIRED: "Please fill this in.",
    ADDRESS: "Write a complete e-mail address, such as name@example.id.",
    PHONE: "Write one complete Indonesian mobile number, such as 0812-3456-7890 or +62 812 3456 7890.",
    EMAIL: "Write the whole e-mail address, for example name@example.com.",
    TOO_LONG: "The text is too long.",
    DATABASE_MIXED:
      "This page is not shown because it is not certain that what it holds is yours. Nothing has changed. Please " +
      "try again in a moment.",
    DECISION: "Choose a decision.",
    TOO_MANY: "Too many at once. Choose fewer.",
    DAY: "Choose a day that the calendar has, such as 2026-11-16.",
  },
  heldByLogin: (logins) =>
    `Not done yet: a database connection of “${logins}” is using this account, and it is not ours to end. Ask ` +
    "whoever runs the database to close it, then try again.",
};
