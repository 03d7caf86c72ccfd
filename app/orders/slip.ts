import { hasEnded, isUndecided, type OrderStatus } from "./order.ts";

/** An order as the warehouse picks it: whose it is, what is in it, and nothing about money. */
export type Slip = {
  number: string;
  placedAt: Date;
  status: OrderStatus;
  held: boolean;
  /** Nobody has said yet what becomes of the ERP's answer. */
  undecided: boolean;
  note: string;
  storeName: string;
  storeCode: string;
  city: string;
  region: string | null;
  whatsapp: string | null;
  subDistributor: string | null;
  lines: Array<{ sku: string; name: string; unit: string; quantity: number; preorder: number }>;
};

/** Why nothing of an order may leave now; null: it may. */
export function stopOf({ status, held, undecided }: Pick<Slip, "status" | "held" | "undecided">) {
  if (hasEnded(status)) return "ENDED";
  if (status === "SHIPPED" || status === "COMPLETED") return "LEFT";
  if (held) return "HELD";
  if (isUndecided(status)) return "EARLY";
  return undecided ? "UNDECIDED" : null;
}

/** How much there is to pick, unit by unit. */
export function piecesOf(lines: Slip["lines"]): Array<{ unit: string; quantity: number }> {
  const sums = new Map<string, number>();
  for (const { unit, quantity } of lines) sums.set(unit, (sums.get(unit) ?? 0) + quantity);
  return [...sums].map(([unit, quantity]) => ({ unit, quantity }));
}
