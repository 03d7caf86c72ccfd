import type { http as source } from "./words.id.ts";

/** What went wrong, what was kept, what to do. Keys are the codes that commands answer with. */
export const http: typeof source = {
  codes: {
    EMPTY_CART: "Your cart is empty. Choose products first, then send again.",
    NO_REGION: "Your region is not registered yet. Contact Admin to activate it.",
    WITHDRAWN: "There are products that can no longer be ordered. Nothing was sent.",
    STOCK_SHORT: "Some products are short. Your cart is kept.",
    KEY_REUSED: "This form was already used for another order. Check your cart and send it from a fresh page.",
    PRICE_CHANGED:
      "Prices or the cart have changed since this page was opened. Nothing was sent. Check the new total, then send " +
      "again.",
    UNKNOWN_SKU: "This product is not in the catalogue.",
    CART_FULL: "A cart holds at most 200 products. Send this order first, then go on.",
    QUANTITY: "The quantity must be a whole number from 1 to 9999.",
    QUANTITY_OR_ZERO: "The quantity must be a whole number from 0 to 9999. Use 0 to remove.",
    NOT_FOUND: "We could not find it.",
    DENIED: "Your account is not allowed to do this.",
    IN_USE:
      "Somebody else is at work on this account, so nothing has changed yet. Try again in a moment; if it stays " +
      "like this, tell whoever runs the system.",
    STALE: "This has changed since the page was opened. Reload, then try again.",
    SIGN_IN_FAILED: "The e-mail or password does not match. Check both, then try again.",
    SESSION_EXPIRED: "Your session has ended. Please sign in again.",
    SUSPENDED: "This account is suspended. Contact head office.",
    OWN_ACCOUNT: "This is your own account. Another admin has to do it.",
    ANOTHER_ADMIN: "You asked for it yourself. Another admin has to lift it.",
    LAST_ADMIN: "This is the last active admin. Without them nobody could lift a suspension.",
    REASON_REQUIRED: "Write the reason, at least 5 letters.",
    CASE_NOTE_REQUIRED: "Write the note, at least 5 letters.",
    STORE_SUSPENDED: "Head office has suspended the account of this store, so nobody can act for it.",
    ACTING_EXISTS: "You are still acting for another store. End that session first.",
    NO_STORE:
      "Shadow Mode has ended or has not begun. Nothing was sent. Choose a store under Manage clients, then repeat it.",
    ACTING_OFF: "This store has switched Shadow Mode off.",
    OLD_PAGE: "This page has been open for too long. Nothing has changed. Reload it, then send again.",
    BAD_TEXT: "The text contains characters that cannot be stored. Remove them, then send again.",
    BAD_INPUT: "We could not read this. Please check it and send it again.",
    REQUIRED: "Please fill this in.",
    ADDRESS: "Write a complete e-mail address, or a number such as 0812....",
    EMAIL: "Write the whole e-mail address, for example name@example.com.",
    TOO_LONG: "The text is too long.",
    CHECKOUT_KEY: "The form is incomplete. Open the checkout page again.",
    DATABASE_MIXED:
      "This page is not shown because it is not certain that what it holds is yours. Nothing has changed. Please " +
      "try again in a moment.",
    UNAVAILABLE: "Sign-in cannot be reached right now. Please try again in a moment.",
    PASSWORD_SHORT: "A password has at least 12 characters.",
    PASSWORD_REFUSED: "This password cannot be used; it may be the old one. Ask for a new link and choose another.",
    PASSWORD_REPEAT: "The two passwords are not the same yet.",
    LINK_EXPIRED: "This link is no longer valid. Ask for a new one.",
    DECISION: "Choose a decision.",
    RESOLUTION: "Choose a decision.",
    ERP_NUMBER: "Write the ERP's document number: letters, digits, points, slashes or hyphens, 2 to 40.",
    TASK_ELSEWHERE: "This task is done on a page of its own.",
    TASKS_OPEN: "Some tasks of this incident are still open. Finish them first.",
    POST_MORTEM: "An incident that was SEV-1 can be closed only after a post-mortem has been approved.",
    SAID_BEFORE:
      "We already have your report about this order. The note you wrote now is not part of it; tell the head office.",
    CREDIT_FIRST:
      "Nothing has changed: this order waits for its credit decision. Look at its figures, then approve or reject " +
      "it on the approval page.",
    ORDER_HELD: "This order is on hold, so it cannot be approved yet.",
    TOO_MANY: "Too many at once. Choose fewer.",
    DAY: "Choose the day.",
    WEEK: "Choose this week or one of the 12 before it.",
    ATTENDED: "Write who took part, at least 3 letters.",
    NOTES: "Write what was said, at least 5 letters.",
    PERIOD: "The last day cannot be before the first or after today. At most 400 days.",
    NOT_SIGNED_YET:
      "The audit trail has not been signed yet. Try again in some minutes; if it stays so, check the worker's " +
      "signing key.",
    EXPORT_TOO_LARGE: "Too much for one export. Choose a shorter period.",
    EXPORT_OLD: "Downloads close 24 hours after the request. Ask for a new export of the same period.",
    NOT_A_NUMBER: "Write a number, for example 10.000 or 1,25.",
    OUT_OF_RANGE: "This value is outside what is allowed.",
    CAP_RANGE: "Write whole rupiah from 1 to 1.000.000.000.000, for example 5.000.000, or leave it empty for no cap.",
  },
  heldByLogin: (logins) =>
    `Not done yet: a database connection of “${logins}” is using this account, and it is not ours to end. Ask ` +
    "whoever runs the database to close it, then try again.",
};
