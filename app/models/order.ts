export const orderStatuses = ["SUBMITTED", "PROCESSING", "APPROVED", "SHIPPED", "COMPLETED", "REJECTED", "CANCELLED"] as const;
export type OrderStatus = (typeof orderStatuses)[number];
export type SyncStatus = "PENDING_SYNC" | "SYNCED" | "FAILED";
export const orderPageSize = 25;
export const orderNumber = /^ORD-\d{4}-\d{6,9}$/;
