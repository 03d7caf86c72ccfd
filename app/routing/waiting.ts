import type { OrderStatus } from "#app/orders/order.ts";

/** How late an order is with whoever has to ship it: by the settings sla.reminder_hours, escalation and timeout. */
export const waitingLevels = ["ON_TIME", "REMINDER", "HQ_INTERVENTION", "TIMEOUT"] as const;
export type WaitingLevel = (typeof waitingLevels)[number];

/** An order that waits to be shipped. `subDistributor`: null when head office has it itself. */
export type WaitingOrder = {
  id: number;
  number: string;
  store: string;
  region: string | null;
  subDistributor: string | null;
  status: OrderStatus;
  /** When it was handed over, or moved on for the last time. */
  since: Date;
  /** Minutes since then, without those in which it was held. */
  waited: number;
  level: WaitingLevel;
};
