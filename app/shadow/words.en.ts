import type { shadow as source } from "./words.id.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

/** Shadow Mode: a salesman's stores, acting for one of them, and what its owner allows. */
export const shadow: typeof source = {
  clients: {
    title: "Manage clients",
    lead: "The stores that are assigned to you.",
    search: "Search store name, code, city or phone",
    store: "Store",
    tier: "Tier",
    lastActing: "Last acted for",
    room: "Room left",
    roomOver: "Over the limit",
    lastOrder: "Last order",
    phone: "Phone",
    phoneHidden: "Not shown while the store is suspended",
    sort: "Sort by",
    by: {
      RECENT: "Latest activity",
      CITY: "City",
      ROOM: "Most room left",
      QUIET: "Longest without an order",
    },
    why: (store) => `Reason for acting for ${store}`,
    choose: "Choose a reason",
    switch: "Switch to this store",
    now: "You are acting for it now",
    never: "Never",
    begin: "Act for store",
    action: "Action",
    emptyTitle: "No stores yet",
    emptyText: "Stores assigned to you will appear here. Contact an admin for an assignment.",
    notFoundTitle: "No store matches",
    notFoundText: "Check the spelling, or search by code, city or phone.",
    off: "The owner has switched Shadow Mode off. Only the owner can switch it on again, on the page Salesman access.",
    suspended: "Head office has suspended the account of this store, so nobody can act for it.",
  },
  acting: {
    title: (store) => `Act as ${store}`,
    explain: [
      "You see this store's prices and can order in its name.",
      "At most 60 minutes. You can end it at any time.",
      "Everything is recorded under your name. The owner gets an e-mail for each order.",
    ],
    reason: "Reason",
    reasonHint: "Choose one, or write your own below. The store's owner can read it.",
    reasons: {
      VISIT: "Routine visit",
      PHONE: "Order by phone",
      WHATSAPP: "Order by WhatsApp",
      HELP: "The owner asked for help",
    },
    note: "Note (optional)",
    submit: "Start Shadow Mode",
    begun: (store) => `You are now acting as ${store}.`,
    pickFirst: "On this device you are not acting for a store. Choose one first; each store's cart is kept.",
    endedPlain: "Shadow Mode has ended.",
    otherTitle: (store) => `You are still acting for ${store}`,
    otherText: "One store at a time: that one is ended before this one begins.",
    elsewhereTitle: (store) => `You are still acting for ${store} on another device`,
    elsewhereText: (since, until) => `Since ${since}, until ${until} at the latest. That store's cart is kept.`,
    endThere: "End it there",
    endAndBegin: (store) => `End ${store} and start here`,
  },
  allowance: {
    title: "Orders by salesmen this month",
    used: "Used",
    left: "Left",
    cap: "Monthly cap",
    none: "No cap",
    leftOf: (left, cap) => `Cap on orders by salesmen: ${left} left of ${cap} this month`,
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
    reachedEmpty: (cap) =>
      `This store caps orders by salesmen at ${cap} a month, and for this month it is used up. The cart is kept. Ask ` +
      "the owner to raise the cap.",
    cannotSend: "Cannot be sent yet: above the cap on orders by salesmen.",
    lookAgain: "Check again",
  },
  consent: {
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
        ? say`Shadow Mode is off. ${ended} ${ended === 1 ? "session" : "sessions"} of salesmen ended at once.`
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
    /** To staff. */
    endedByStore: "the owner switched Shadow Mode off",
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
  trail: {
    ACTING_BEGUN: "Began acting for a store",
    ACTING_ENDED: "Ended acting for a store",
    SHADOW_CONSENT_CHANGED: "Shadow Mode consent or cap changed",
  },
  codes: {
    STORE_SUSPENDED: "Head office has suspended the account of this store, so nobody can act for it.",
    ACTING_EXISTS: "You are still acting for another store. End that session first.",
    NO_STORE:
      "Shadow Mode has ended or has not begun. Nothing was sent. Choose a store under Manage clients, then repeat it.",
    ACTING_REASON: "Choose the reason, or write your own, at least 5 letters.",
    ACTING_OFF:
      "The owner has switched Shadow Mode off. Only the owner can switch it on again, on the page Salesman access.",
    CAP_RANGE: "Write whole rupiah from 1 to 1.000.000.000.000, for example 5.000.000, or leave it empty for no cap.",
  },
};
