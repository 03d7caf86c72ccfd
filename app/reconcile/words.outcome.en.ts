import type { outcome as source } from "./words.outcome.id.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

export const outcome: typeof source = {
  hello: (store, number) => `Hello ${store}, we have checked order ${number}.`,
  CONFIRMED: "Everything is available and your order goes on.",
  ACCEPT: "Your order goes on as you placed it.",
  KEYED: "We have entered your order and it goes on.",
  CUT: "Sorry, there was not enough stock for all of it. What changes:",
  PREORDER: "Part of it waits for stock and is sent later:",
  CANCEL: "Sorry, we cannot send this order and have cancelled it. Contact us if you would like to order again.",
  RETRY: "",
  waiting: {
    CONFIRMED:
      "Everything is available. Your order still waits for an admin's approval; you will get the outcome by e-mail.",
    ACCEPT:
      "It stays as you placed it. Your order still waits for an admin's approval; you will get the outcome by " +
      "e-mail.",
    KEYED:
      "We have entered your order, and it still waits for an admin's approval; you will get the outcome by e-mail.",
  },
  cut: ({ name, from, to }) =>
    to === 0 ? say`- ${name}: not sent (ordered ${from})` : say`- ${name}: ${to} of ${from}`,
  preorder: ({ name, from, to }) => say`- ${name}: ${to - from} waiting for stock`,
  total: (amount) => `Total: ${amount}`,
  thanks: "Thank you for waiting.",
};
