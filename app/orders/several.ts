import { z } from "zod";
import { orderNumber, orderStatuses } from "./order.ts";

/** So many orders may be decided about, or printed, together. */
export const atOnce = 50;

/**
 * The orders that an address names, each once and no more than may be decided together; what is no order number is left
 * out.
 */
export const readSelected = (params: URLSearchParams): string[] =>
  [...new Set(params.getAll("order"))].filter((number) => orderNumber.test(number)).slice(0, atOnce);

/** The address of a look at these orders, on a page that takes them. */
export const selectedAddress = (path: string, numbers: string[], more: Array<[string, string]> = []): string =>
  `${path}?${new URLSearchParams([...more, ...numbers.map((number): [string, string] => ["order", number])])}`;

/** The address of these orders' slips for the warehouse. */
export const slipsAddress = (numbers: string[]): string => selectedAddress("/admin/orders/slips", numbers);

/** The steps that several orders may take together; ending them is asked one by one. */
export const stepsTogether = ["PROCESSING", "APPROVED", "SHIPPED", "COMPLETED"] as const;
export type StepTogether = (typeof stepsTogether)[number];

/** Why one of several was not moved with them. */
export type NotMoved = "GONE" | "STATUS" | "CHANGED" | "CREDIT" | "HELD" | "UNDECIDED";

const item = /^(ORD-\d{4}-\d{6,9}):([A-Z]+):(\d{1,15})$/;

const named = 12;

/** What became of each of several: after `said`, which of them went, and of each that did not, why. */
export function perOrder(said: string, done: string[], left: Array<{ number: string; why: string }> = []): string {
  const all = [
    ...(done.length > 0 ? [done.slice(0, named).join(", ") + (done.length > named ? " …" : ".")] : []),
    ...left.slice(0, named).map(({ number, why }) => `${number}: ${why}.`),
  ];
  return [said, ...all].join(" ");
}

/** Several orders and where they go, each as it was seen: «number:status:total number:status:total …». */
export const movesForm = z.object({
  to: z.enum(stepsTogether, "BAD_INPUT"),
  items: z.string("BAD_INPUT").transform((text, ctx) => {
    const items = text.split(" ").map((one) => {
      const [, number = "", status = "", total = ""] = item.exec(one) ?? [];
      return { number, status, total: Number(total) };
    });
    if (items.some(({ status }) => !orderStatuses.some((known) => known === status))) {
      ctx.addIssue({ code: "custom", message: "BAD_INPUT" });
      return z.NEVER;
    }
    if (items.length > atOnce) ctx.addIssue({ code: "custom", message: "TOO_MANY" });
    return items;
  }),
  note: z.string().trim().max(300, "TOO_LONG").default(""),
});

/** `items` of movesForm: what is moved stands where it stood, and is worth what was shown. */
export const movesField = (orders: Array<{ number: string; status: string; total: number }>): string =>
  orders.map(({ number, status, total }) => `${number}:${status}:${total}`).join(" ");
