import type * as source from "./words.suspension.id.ts";
import { counted, sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

/** Ending every login of an account. */
export const logout: typeof source.logout = {
  action: "Force logout",
  title: (name) => `Force ${name} out?`,
  effects: [
    "All logins of this account end at once, on every device.",
    "Shadow Mode under way ends. What was not sent yet is not kept.",
    "The account stays active: its holder may sign in again. If the password has leaked, suspend the account.",
  ],
  done: (name, logins) =>
    logins > 0
      ? say`${name} was signed out of ${logins} ${logins === 1 ? "login" : "logins"}.`
      : `${name} was not signed in.`,
};

/** Shutting an account out. */
export const suspension: typeof source.suspension = {
  action: "Suspend account",
  title: (name) => `Suspend the account of ${name}?`,
  effects: [
    "All logins end at once. Nothing can be done with this account, signing in included.",
    "Shadow Mode under way ends.",
  ],
  holds: (orders, total) => `Held: ${counted(orders, "order")} in stores' names of the last 24 hours, worth ${total}.`,
  holdsNone: "There is no order in a store's name to hold.",
  holdsStore: (orders, total) =>
    `${orders === "1" ? "1 open order of this store is" : `${orders} open orders of this store are`} held, ` +
    `worth ${total}, until an admin has decided each. The owner is told by e-mail.`,
  holdsStoreNone: "This store has no open order to hold.",
  undo: "It takes two admins to lift it: one asks, another one does it.",
  done: (name) => `The account of ${name} is suspended.`,
  already: (by) => `${by} has suspended this account already. Your reason was not saved.`,
};

/** Asking another admin to lift a suspension. */
export const request: typeof source.request = {
  action: "Ask to lift it",
  title: (name) => `Ask to lift the suspension of ${name}?`,
  effects: ["The account stays suspended until another admin lifts it.", "All admins are told by e-mail."],
  done: (name) => `You have asked to lift the suspension of ${name}.`,
};

/** Lifting a suspension. */
export const lift: typeof source.lift = {
  action: "Lift suspension",
  title: (name) => `Lift the suspension of ${name}?`,
  effects: [
    "The account can sign in again with its password.",
    "Orders on hold stay on hold until each is released: that its holder may work again does not mean that the " +
      "store wants the order.",
  ],
  store: "Orders on hold stay on hold until each is decided.",
  done: (name) => `The suspension of ${name} is lifted.`,
};

export const storeHold: typeof source.storeHold = {
  decide: "Decide",
  title: (number) => `Continue or cancel ${number}?`,
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
  cancelled: (number) => `${number} is cancelled.`,
};

/** Letting go of an order that was held with its salesman. */
export const release: typeof source.release = {
  action: "Release order",
  title: (number) => `Release ${number}?`,
  effects: [
    "The order goes on as usual. If it is not in the ERP yet, it is sent there.",
    "Make sure first that the store's owner wants it.",
  ],
  disputed: "The owner disputes this order too: it goes on once that is resolved.",
  done: (number) => `${number} is released.`,
  stillHeld: (number) => `${number} is released, but still held because the owner disputes it.`,
};
