import type { OrderStatus } from "#app/orders/order.ts";
import { type Line, marketOf, totalOf } from "./basket.ts";
import type { Account, Partner } from "./people.ts";

/** The inputs of a credit decision, as private.credit_decision() returns them. */
export type Credit = {
  light: "GREEN" | "AMBER";
  reason: "WITHIN_LIMIT" | "OVER_LIMIT" | "OLD_DATA";
  limit: number;
  ours: number;
  erp: number;
  room: number;
  total: number;
  over: number;
  asOf: string;
};

/** An order of the past and what became of it until now. Instants are milliseconds. */
export type PastOrder = {
  at: number;
  partner: Partner;
  /** The salesman's acting session in which it was placed; null when the store ordered itself. */
  acting: { salesman: Account; from: number; until: number; reason: string } | null;
  lines: Line[];
  credit: Credit;
  degraded: boolean;
  /** What staff did, in order, nothing later than now. */
  moves: Array<{ status: OrderStatus; at: number; note: string }>;
  /** Null: not yet there. */
  syncedAt: number | null;
  syncError: string | null;
  /** Pieces that the ERP then did not have, and when staff made them a pre-order. */
  short?: { sku: string; pieces: number; decidedAt: number };
  /** How much of the invoice came in, from 0 to 1, and when it was paid in full. */
  paidShare: number;
  paidAt: number | null;
};

export const statusOf = (order: PastOrder): OrderStatus => order.moves.at(-1)?.status ?? "SUBMITTED";

/** The decision on these lines for a store that already owes `ours`. */
export function creditFor(partner: Partner, lines: Line[], ours: number, asOf: number, old = false): Credit {
  const total = totalOf(lines);
  const room = partner.creditLimit - ours;
  const reason = old ? "OLD_DATA" : room < total ? "OVER_LIMIT" : "WITHIN_LIMIT";
  return {
    light: reason === "WITHIN_LIMIT" ? "GREEN" : "AMBER",
    reason,
    limit: partner.creditLimit,
    ours,
    erp: ours,
    room,
    total,
    over: Math.max(total - room, 0),
    asOf: new Date(asOf).toISOString(),
  };
}

const termDays = { SILVER: 0, GOLD: 14, PLATINUM: 30 } as const;
export const termOf = (partner: Partner) => termDays[partner.tier];

const multiplier = { SILVER: 100, GOLD: 120, PLATINUM: 150 } as const;

/**
 * Points as private.points_for gives them: from half a million on, by tier, half up. In whole hundredths, since 1.2 is
 * no binary number.
 */
export function pointsFor(partner: Pick<Partner, "tier">, total: number): number {
  return total >= 500_000 ? Math.floor((2 * total * multiplier[partner.tier] + 1_000_000) / 2_000_000) : 0;
}

export const amounts = (order: PastOrder) => ({ total: totalOf(order.lines), market: marketOf(order.lines) });
