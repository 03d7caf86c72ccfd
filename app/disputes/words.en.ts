import type { disputes as source } from "./words.id.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

/** «Not me»: what a store's owner says about an order in his name, and the report as the staff read it. */
export const disputes: typeof source = {
  title: "Not your order?",
  lead: (salesman) =>
    `Salesman ${salesman} placed this order in your store’s name. If you did not ask for it, tell us.`,
  open: "Not me",
  confirmTitle: (number) => `${number} is not your order?`,
  whatHappens: "What happens when you press the button",
  steps: [
    "We put this order on hold at once and do not ship it.",
    "An admin at the head office gets your report and contacts you.",
    "We e-mail you what we found.",
  ],
  stepsShipped: [
    "This order has already been shipped, so we cannot stop it any more.",
    "An admin at the head office gets your report and phones you about returning it.",
    "We e-mail you what we found.",
  ],
  stepsEnded: [
    "This order has already ended and is not shipped.",
    "An admin at the head office still gets your report and looks into who placed it.",
    "We e-mail you what we found.",
  ],
  note: "Anything you would like to tell us?",
  noteHint: "Optional. Read by the admins at the head office.",
  submit: "Yes, this was not me",
  keep: "No, this order is right",
  keepLink: "Did you ask for this order? Just close this page. Nothing changes.",
  facts: {
    store: "Store",
    number: "Order number",
    salesman: "Placed by salesman",
    total: "Total",
    at: "When",
    lines: "Contents",
  },
  lines: (count) => say`${count} ${count === 1 ? "product" : "products"}`,
  thanks: "Thank you. We have your report.",
  received: "Report received",
  nextTitle: "What happens next",
  next: {
    held: [
      "The order stops where it is. Nothing is shipped and nothing is billed while it is on hold.",
      "An admin at the head office contacts you within one working day.",
      "There is nothing more you need to do.",
    ],
    shipped: [
      "The order was shipped before your report came in, so we could not stop it.",
      "An admin at the head office phones you about returning it. Do not accept goods that you did not order.",
      "There is nothing more you need to do.",
    ],
    ended: [
      "The order had ended before your report came in. Nothing is shipped.",
      "An admin at the head office still looks into who placed it. We e-mail you what we found.",
      "There is nothing more you need to do.",
    ],
  },
  outcomes: {
    OWNER_AGREES: "Looked into: the order turned out to be right.",
    MISTAKE: "Looked into: the order was placed by mistake.",
    ABUSE: "Looked into: the order was placed without your permission.",
  },
  phone: "Would you rather talk to us? Contact the head office.",
  whatsapp: "WhatsApp the head office",
  signIn: "Sign in",
  forgedTitle: "We do not know this link",
  forgedText:
    "It may have been cut when it was copied. Open the link in the e-mail again, or sign in and press “Not me” on " +
    "the order’s page.",
  expiredTitle: "This link is older than 30 days",
  expiredText: "We still take your report: sign in and press “Not me” on the order’s page, or contact the head office.",
  limitedTitle: "Too many wrong links",
  limitedText: (minutes, at) =>
    say`Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"} (${at}), or contact the head office directly.`,
  done: (number) => `Thank you. We have your report about ${number}.`,
  card: {
    held: "You said that this order is not yours. It is on hold; an admin will contact you.",
    notHeld: "You said that this order is not yours. It cannot be stopped any more; an admin will contact you.",
  },
  reports: {
    title: "“Not me”",
    lead: "Owners say that these orders are not theirs. Phone the owner, then decide.",
    filter: "State",
    open: "Undecided",
    resolved: "Decided",
    all: "All",
    emptyTitle: "No reports",
    emptyText: "A report appears here as soon as an owner presses “Not me”.",
    order: "Order",
    store: "Store",
    salesman: "Salesman",
    at: "Reported",
    state: "State",
    incident: "Incident",
    total: "Total",
    stateOpen: { held: "Held, undecided", notHeld: "Not held, undecided" },
    outcomes: { OWNER_AGREES: "Turned out right", MISTAKE: "A mistake", ABUSE: "Abuse" },
    back: "Back to the reports",
    detail: (number) => `“Not me”: ${number}`,
    via: "By",
    vias: { LINK: "Link in the e-mail, without signing in", ORDER_PAGE: "Order page, with the owner’s account" },
    ownerNote: "What the owner wrote",
    noNote: "Wrote nothing",
    others: "Other reports about this salesman, 30 days",
    wasHeld: "Held when reported",
    yes: "Yes",
    no: "No, it had been shipped or had ended",
    toOrder: "Open the order",
    call: "Contact the owner",
    decide: "Decision",
    readOnly: "An auditor’s account cannot decide.",
    note: "Note",
    noteHint: "At least 5 letters. The owner reads it too, by e-mail, so keep it courteous.",
    choices: {
      OWNER_AGREES: [
        "It is right, let it go on",
        "The hold for this report is released. The order goes on, unless something else still holds it.",
      ],
      MISTAKE: [
        "A mistake, cancel the order",
        "The order is cancelled; stock and invoice follow. It cannot be reopened.",
      ],
      ABUSE: [
        "Abuse, cancel the order",
        "The order is cancelled; stock and invoice follow. The sign keeps counting in the salesman’s score.",
      ],
    },
    choicesLeft: {
      OWNER_AGREES: ["It is right", "The order stays as it is."],
      MISTAKE: [
        "A mistake",
        "The order has been shipped or has ended, so its status stays. Arrange the return with the owner.",
      ],
      ABUSE: [
        "Abuse",
        "The order has been shipped or has ended, so its status stays. The sign keeps counting in the salesman’s " +
          "score.",
      ],
    },
    decided: (number, outcome) => `${number}: ${outcome}. The owner is told.`,
    decidedTitle: "Decided",
    outcome: "Decision",
    by: "By",
    when: "When",
    alreadyDecided: "This report was decided before. Your decision was not saved; the one that holds is below.",
  },
  trail: {
    ORDER_DISPUTED: "Owner says “not me”",
    DISPUTE_RESOLVED: "“Not me” resolved",
  },
  codes: {
    SAID_BEFORE:
      "We already have your report about this order. The note you wrote now is not part of it; tell the head office.",
  },
};
