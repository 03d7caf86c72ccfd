/** Accounts at the office: who may come in, who is shut out, and what somebody is told who was. */
export const accounts = {
  title: "Accounts",
  lead: "Everybody who can sign in: stores, salesmen, admins and auditors.",
  search: "Search by name or code",
  resultsFor: (words: string) => `Results for “${words}”`,
  allRoles: "All roles",
  allStatuses: "All statuses",
  name: "Name",
  code: "Code",
  role: "Role",
  status: "Status",
  since: "Created",
  emptyTitle: "No account matches",
  emptyText: "Clear the filters to see all accounts.",
  back: "Back to the accounts",
  backToAccount: "Back to the account",
  facts: "This account",
  case: "Open the case file",
  logins: "Open logins",
  noLogins: "No login is open.",
  loginSince: "Signed in",
  loginSeen: "Last renewed",
  loginHint: "A login in use is renewed every 15 minutes.",
  acting: "Shadow Mode now",
  notActing: "Not acting for a store.",
  actingFor: "Store",
  actingReason: "Reason",
  actingUntil: "Until at the latest",
  history: "Suspensions so far",
  noHistory: "This account was never suspended.",
  suspendedBy: (by: string) => (by === "SYSTEM" ? "Suspended by the system" : `Suspended by ${by}`),
  askedBy: (by: string) => `${by} asked to lift it`,
  liftedBy: (by: string) => `Lifted by ${by}`,
  held: "Orders on hold",
  heldHint: "Held because their salesman was suspended. Phone the store's owner, then release them one by one.",
  heldStoreHint: "Held when the account of this store was suspended. Decide each: continue or cancel.",
  noHeld: "No order is on hold.",
  heldDisputed: "Also disputed by the owner",
  order: "Order",
  store: "Store",
  total: "Total",
  placedAt: "Placed",
  act: "Action",
  acts: "Actions",
  self: "This is your own account. Another admin has to act on it.",
  notNow: "This step is not possible as the account stands now.",
  readOnly: "Auditor account: reading only.",
  waiting: (by: string) => `${by} has asked to lift the suspension. Another admin lifts it.`,
  waitingYou: "You have asked to lift the suspension. Another admin lifts it.",
  askedReason: "Reason given",
  reason: "Reason",
  reasonHint: "At least 5 letters. Kept in the audit trail.",
  noteLabel: "What you found out",
  noteHint: "For example: the owner confirmed it by phone. Kept with the order.",
  logout: {
    action: "Force logout",
    title: (name: string) => `Force ${name} out?`,
    effects: [
      "All logins of this account end at once, on every device.",
      "Shadow Mode under way ends. What was not sent yet is not kept.",
      "The account stays active: its holder may sign in again. If the password has leaked, suspend the account.",
    ],
    done: (name: string, logins: number) =>
      logins > 0 ? `${name} was signed out of ${logins} logins.` : `${name} was not signed in.`,
  },
  suspension: {
    action: "Suspend account",
    title: (name: string) => `Suspend the account of ${name}?`,
    effects: [
      "All logins end at once. Nothing can be done with this account, signing in included.",
      "Shadow Mode under way ends.",
    ],
    holds: (orders: string, total: string) =>
      `${orders} orders in stores' names of the last 24 hours are held, worth ${total}.`,
    holdsNone: "There is no order in a store's name to hold.",
    holdsStore: (orders: string, total: string) =>
      `${orders} open orders of this store are held, worth ${total}, until an admin has decided each. The owner is ` +
      "told by e-mail.",
    holdsStoreNone: "This store has no open order to hold.",
    undo: "It takes two admins to lift it: one asks, another one does it.",
    done: (name: string) => `The account of ${name} is suspended.`,
    already: (by: string) => `${by} has suspended this account already. Your reason was not saved.`,
  },
  request: {
    action: "Ask to lift it",
    title: (name: string) => `Ask to lift the suspension of ${name}?`,
    effects: ["The account stays suspended until another admin lifts it.", "All admins are told by e-mail."],
    done: (name: string) => `You have asked to lift the suspension of ${name}.`,
  },
  lift: {
    action: "Lift suspension",
    title: (name: string) => `Lift the suspension of ${name}?`,
    effects: [
      "The account can sign in again with its password.",
      "Orders on hold stay on hold until each is released: that its holder may work again does not mean that the " +
        "store wants the order.",
    ],
    store: "Orders on hold stay on hold until each is decided.",
    done: (name: string) => `The suspension of ${name} is lifted.`,
  },
  storeHold: {
    decide: "Decide",
    title: (number: string) => `Continue or cancel ${number}?`,
    effects: [
      "This order was held when the account of its store was suspended. While it is held it does not go on, and is " +
        "not sent to the ERP if it is not there yet.",
      "Continue: the order goes on as usual, even while its store is suspended. If it is not in the ERP yet, it is " +
        "sent there.",
      "Cancel: the order ends here and cannot be opened again. Its stock is released and an unpaid invoice is " +
        "cancelled.",
      "The owner gets the decision by e-mail, without the reason that you write.",
    ],
    action: "Continue the order",
    cancel: "Cancel the order",
    note: "Reason",
    noteHint: "At least 5 letters. Kept with the order and read by the office.",
    cancelled: (number: string) => `${number} is cancelled.`,
  },
  release: {
    action: "Release order",
    title: (number: string) => `Release ${number}?`,
    effects: [
      "The order goes on as usual. If it is not in the ERP yet, it is sent there.",
      "Make sure first that the store's owner wants it.",
    ],
    disputed: "The owner disputes this order too: it goes on once that is resolved.",
    done: (number: string) => `${number} is released.`,
    stillHeld: (number: string) => `${number} is released, but still held because the owner disputes it.`,
  },
  ended: {
    FORCED: {
      title: "Head office has signed you out",
      text:
        "Head office ended all logins of your account to keep it safe. Your account stays active: please sign in " +
        "again. If you do not know why, contact head office.",
      form: "What you typed was not sent, but it is kept on this page and offered again after you sign in.",
    },
    SUSPENDED: {
      title: "Your account is suspended",
      text:
        "Head office has suspended your account for now, so you cannot sign in. Contact head office for an " +
        "explanation and what happens next.",
      form: "What you typed was not sent.",
    },
    phone: "Contact head office on WhatsApp",
  },
};
