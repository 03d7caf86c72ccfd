import { z } from "zod";
import { cursor, readFilter } from "#app/ui/list.ts";
import { phoneNumber } from "#app/ui/phone.ts";

export const channels = ["EMAIL", "SMS"] as const;
export type Channel = (typeof channels)[number];
export const deliveryStates = ["PENDING", "SENT", "FAILED", "BOUNCED"] as const;
export type DeliveryState = (typeof deliveryStates)[number];
/** The order that an alert is about. */
export type AlertedOrder = {
  number: string;
  placedAt: Date;
  total: number;
  storeName: string;
  storeCode: string;
  salesman: string;
};
/** What happened to an alert at one moment; REACHED is a call. */
export type AttemptOutcome =
  | "ACCEPTED"
  | "REFUSED"
  | "RETRY"
  | "AMBIGUOUS"
  | "GIVEN_UP"
  | "DELIVERED"
  | "BOUNCED"
  | "COMPLAINED"
  | "SENT_AGAIN"
  | "REACHED";

/**
 * What the list of alerts may be asked for: a state of the e-mail, or PHONE for the owners whom somebody has to phone.
 */
export const alertStates = [...deliveryStates, "PHONE"] as const;
export const alertFilter = z.object({
  state: z.enum(alertStates).nullable().catch(null),
  after: cursor,
});
export type AlertFilter = z.output<typeof alertFilter>;
export const readAlertFilter = (params: URLSearchParams): AlertFilter => readFilter(alertFilter, params);

/** The owner was reached by telephone. */
export const phonedForm = z.object({
  note: z.string("REASON_REQUIRED").trim().min(5, "REASON_REQUIRED").max(300, "TOO_LONG"),
});

/** A failed alert goes out once more, to the address as it is corrected here. */
export const againForm = z
  .object({
    channel: z.enum(channels, "BAD_INPUT"),
    address: z.string("ADDRESS").trim().max(254, "TOO_LONG"),
    reason: z.string("REASON_REQUIRED").trim().min(5, "REASON_REQUIRED").max(200, "TOO_LONG"),
  })
  .transform(({ channel, address: typed, reason }, ctx) => {
    const address = channel === "SMS" ? phoneNumber(typed) : /^[^@\s]+@[^@\s]+$/.test(typed) ? typed : null;
    if (address !== null) return { channel, address, reason };
    ctx.addIssue({ code: "custom", path: ["address"], message: channel === "SMS" ? "PHONE" : "ADDRESS" });
    return z.NEVER;
  });
export type SendAgain = z.output<typeof againForm>;
