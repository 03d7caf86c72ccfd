export const orderStatuses = [
  "SUBMITTED",
  "PROCESSING",
  "APPROVED",
  "SHIPPED",
  "COMPLETED",
  "REJECTED",
  "CANCELLED",
] as const;
export type OrderStatus = (typeof orderStatuses)[number];
/** It goes nowhere any more: not to the ERP, not to a distributor, and earns no points. */
export const hasEnded = (status: OrderStatus): boolean => status === "REJECTED" || status === "CANCELLED";
/** Staff has not said yes or no to it. */
export const isUndecided = (status: string): boolean => status === "SUBMITTED" || status === "PROCESSING";
/** A step along for an order: everything that it can become. */
export type Move = Exclude<OrderStatus, "SUBMITTED">;
/** Why an order is held. */
export type HoldReason = "DISPUTED" | "SALESMAN_SUSPENDED" | "STORE_SUSPENDED";
export type SyncStatus = "PENDING_SYNC" | "SYNCED" | "FAILED";
export const orderPageSize = 25;
export const orderNumber = /^ORD-\d{4}-\d{6,9}$/;
