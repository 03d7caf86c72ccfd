import type { told as source } from "./words.told.id.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

export const told: typeof source = {
  hello: (store, number, total) => `Hello ${store}, this is about order *${number}* for ${total}.`,
  held: "It is on hold and not shipped yet. The head office is looking into it.",
  waits: "We have it, and it waits for approval. You will get the outcome by e-mail.",
  manual: "We took it while our system was disturbed, and an admin is processing it by hand.",
  status: {
    SUBMITTED: "We have it, and it waits to be processed.",
    PROCESSING: "We are working on it.",
    APPROVED: "It is approved.",
    SHIPPED: "It has been shipped.",
    COMPLETED: "It is completed.",
    REJECTED: "Sorry, we could not approve it, and it will not be shipped.",
    CANCELLED: "Sorry, it is cancelled and will not be shipped.",
  },
  cut: ({ name, from, to }) =>
    to === 0 ? say`- ${name}: not sent (ordered ${from})` : say`- ${name}: ${to} of ${from}`,
  preorder: ({ name, from, to }) => say`- ${name}: ${to - from} waiting for stock`,
  note: "A message from the admin",
  more: "Details",
};
