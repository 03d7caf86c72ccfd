import type { StoreReason } from "#app/approvals/approval.ts";
import type { OrderStatus, SyncStatus } from "./order.ts";

export type OrderRow = {
  id: number;
  number: string;
  placedAt: Date;
  placedBy: string;
  shadow: boolean;
  status: OrderStatus;
  syncStatus: SyncStatus;
  light: "GREEN" | "AMBER";
  total: number;
  /** It does not go on for now. Why is the owner's and staff's to know. */
  held: boolean;
  /** What its credit decision said, as a store may read it, and by how much it was over. */
  reason: StoreReason;
  over: number;
};
