import type { StoreCredit } from "./credit.ts";

/** What a store may read of its credit before an order of so much. */
export type Standing = Pick<StoreCredit, "light" | "reason" | "limit" | "room" | "asOf">;

/** How an order of so many rupiah would stand, by the figures of an empty cart. */
export function standingOf(credit: Standing, amount: number): Standing {
  const unusable = credit.reason !== "WITHIN_LIMIT" && credit.reason !== "OVER_LIMIT";
  if (unusable) return credit;
  const fits = amount <= credit.room;
  return { ...credit, light: fits ? "GREEN" : "AMBER", reason: fits ? "WITHIN_LIMIT" : "OVER_LIMIT" };
}

/** What a program is told whose order does not fit. */
export const blockedBy = ({ reason, limit, room, total = 0 }: Standing & { total?: number }) => ({
  reason,
  current_limit: limit,
  current_exposure: limit - room,
  gap: reason === "OVER_LIMIT" ? Math.max(0, total - room) : 0,
  suggested_action: "REQUEST_APPROVAL",
});
