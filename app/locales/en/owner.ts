import type { owner as source } from "../id/owner.ts";

/** What a store's owner can say about orders in his name: “Not me”, and what his salesmen may do. */
export const owner: typeof source = {
  nav: "Salesmen",
  held: {
    badge: "On hold",
    plain: "This order is on hold. The head office is looking into it; nothing is shipped until that is done.",
    salesman: "This order has been put on hold by the head office. Ask an admin if needed.",
    desk: "This order is on hold. Until the hold is released it can only be rejected or cancelled.",
    because: "Why it is held",
    since: "Since",
    reasons: {
      DISPUTED: "The owner says “Not me”",
      AGENT_SUSPENDED: "The salesman who placed it is suspended",
      STORE_SUSPENDED: "The store's account is suspended",
    },
    toDispute: "Open and decide",
    toRelease: "Hold because of the suspension",
    toDecide: "Continue or cancel",
    storeSuspended: "The account of this store is suspended.",
    storeBadge: "Store suspended",
  },
  dispute: {
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
    lines: (count) => `${count} ${count === 1 ? "product" : "products"}`,
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
    expiredText:
      "We still take your report: sign in and press “Not me” on the order’s page, or contact the head office.",
    limitedTitle: "Too many wrong links",
    limitedText: (minutes) =>
      `Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}, or contact the head office directly.`,
    done: (number) => `Thank you. We have your report about ${number}.`,
    card: {
      held: "You said that this order is not yours. It is on hold; an admin will contact you.",
      notHeld: "You said that this order is not yours. It cannot be stopped any more; an admin will contact you.",
    },
  },
  allowance: {
    title: "Orders by salesmen this month",
    used: "Used",
    left: "Left",
    cap: "Monthly cap",
    none: "No cap",
    leftOf: (left, cap) => `${left} left of the cap of ${cap} this month`,
    forSalesman: "This store caps the orders that salesmen place. An order above what is left cannot be sent.",
    tooMuch: (left) =>
      `This cart is above the ${left} that the owner still allows this month. Take something out, or ask the owner ` +
      "to raise the cap.",
    usedUp: "This store’s cap for orders by salesmen is used up for this month. Ask the owner to raise it.",
    off: "Shadow Mode is off",
    change: "Change access",
    reached: (cap, used, left, total) =>
      `This store caps orders by salesmen at ${cap} a month. ${used} is used, ${left} is left; this order is ` +
      `${total}. The cart is kept. Take something out, or ask the owner to raise the cap.`,
  },
  shadow: {
    title: "Salesman access",
    lead:
      "Your salesmen can place orders in your store’s name (Shadow Mode). Here you say whether they may, and for how " +
      "much.",
    rules: "Permission",
    allowed: "Salesmen may place orders in my store’s name",
    allowedHint: "Switching this off stops a salesman who is working as your store at once.",
    cap: "Monthly cap (rupiah)",
    capHint:
      "Leave empty for no cap. Example: 5.000.000. It covers all orders by salesmen in a calendar month (Jakarta " +
      "time); rejected and cancelled orders do not count.",
    save: "Save permission",
    saved: "Permission saved.",
    savedOff: (ended) =>
      ended > 0
        ? `Shadow Mode is off. ${ended} ${ended === 1 ? "session" : "sessions"} of salesmen ended at once.`
        : "Shadow Mode is off.",
    sessions: "Who worked as your store",
    noSessions: "No salesman has worked as your store yet.",
    salesman: "Salesman",
    reason: "Reason",
    started: "Began",
    ended: "Ended",
    running: "Going on now",
    endedBy: {
      BY_HAND: "ended by the salesman",
      EXPIRED: "time ran out",
      SIGNED_OUT: "salesman signed out",
      SUSPENDED: "salesman’s account suspended",
      REPLACED: "replaced by another session",
      SWITCHED_OFF: "you switched Shadow Mode off",
    },
    ordersMade: "Orders",
    orders: "Orders placed by salesmen",
    noOrders: "No salesman has placed an order yet.",
    report: "Report",
    reported: {
      open: "“Not me”: being looked into",
      OWNER_AGREES: "“Not me”: turned out right",
      MISTAKE: "“Not me”: a mistake",
      ABUSE: "“Not me”: without permission",
    },
  },
  desk: {
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
};
