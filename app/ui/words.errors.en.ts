import type * as source from "./words.errors.id.ts";

/** Pages that say what went wrong, what was kept, what to do. */
export const errors: typeof source.errors = {
  pages: {
    400: [
      "The request could not be read",
      "Something was missing or unknown. Go back to the page before and send it again.",
    ],
    403: ["This page is not for your account", "Sign in with the right account, or contact Admin if you need it."],
    404: ["Page not found", "The address may be mistyped, or its content is gone."],
    405: ["This address does not open that way", "Please use the buttons and links on the pages."],
    409: [
      "Changed somewhere else",
      "This was updated after your page was opened. Nothing was sent twice. Open the page again and repeat it if " +
        "you still need to.",
    ],
    413: ["Too much at once", "What you sent is over the limit. Shorten it, then send again."],
    429: ["Please wait a moment", "Too many requests in a short time. Try again in a few minutes."],
    expired: ["Your session has ended", "For your safety, please sign in again. Your cart is kept."],
    500: [
      "Something went wrong on our side",
      "It has been recorded. Confirmed orders are safe. Please try again in a moment.",
    ],
    503: [
      "The system cannot be reached right now",
      "We are bringing it back. Confirmed orders are safe. Please try again in a few minutes.",
    ],
  },
  reference: (reference) => `Reference: ${reference}`,
  referenceHint: "Mention this number when you contact Admin.",
  toHome: "To the home page",
  toCatalogue: "To the catalogue",
  toLogin: "Sign in",
};
