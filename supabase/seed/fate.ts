import { day, hour, minute, whenOpen } from "./calendar.ts";
import type { Partner } from "./people.ts";
import { type Credit, type PastOrder, termOf } from "./past-order.ts";
import type { Chance } from "./random.ts";

export type Fate = {
  outcome: Pick<PastOrder, "moves" | "paidShare" | "paidAt">;
  /** What the store still owes for this order at that moment, in rupiah, counted as checkout counts it. */
  owedAt(at: number): number;
};

type Given = { at: number; partner: Partner; credit: Credit; now: number; late: boolean; chance: Chance };

/** What staff and the store's purse make of an order, as far as it has come by now. */
export function decide(given: Given): Fate {
  const { at, credit, now } = given;
  const moves = plannedMoves(given);
  const last = moves.at(-1)!;
  const refused = last.status === "REJECTED" || last.status === "CANCELLED";
  const payment = refused ? null : plannedPayment(given, moves);
  const settledAt = refused ? last.at : (payment?.at ?? Infinity);
  const part = refused ? 0 : (payment?.part ?? 0);
  return {
    outcome: {
      moves: moves.filter((move) => move.at <= now),
      paidAt: payment && payment.at <= now ? payment.at : null,
      paidShare: payment && payment.at <= now ? 1 : part,
    },
    owedAt: (moment) => (moment >= at && moment < settledAt ? credit.total : 0),
  };
}

function plannedMoves({ at, credit, chance }: Given): PastOrder["moves"] {
  const after = (from: number, low: number, high: number) =>
    whenOpen(from + Math.floor(chance.between(low, high) * hour), chance);
  if (chance.is(credit.light === "AMBER" ? 0.25 : 0.008)) {
    return [
      {
        status: "REJECTED",
        at: after(at, 1, 6),
        note: credit.reason === "OVER_LIMIT" ? "Melebihi limit kredit, tunggu pelunasan" : "Pesanan ganda",
      },
    ];
  }
  if (chance.is(0.025))
    return [{ status: "CANCELLED", at: after(at, 0.5, 5), note: "Dibatalkan atas permintaan toko" }];
  const processing = after(at, 0.8, 4);
  const approved = after(processing, 2, 9);
  const shipped = after(approved, 6, 26);
  return [
    { status: "PROCESSING", at: processing, note: "" },
    {
      status: "APPROVED",
      at: approved,
      note: credit.light === "AMBER" ? "Disetujui setelah konfirmasi dengan pemilik" : "",
    },
    { status: "SHIPPED", at: shipped, note: "" },
    { status: "COMPLETED", at: after(shipped, 20, 70), note: "" },
  ];
}

/** Cash shops pay before delivery, the others around their due day; the late payer has not paid for two months. */
function plannedPayment(
  { partner, at, now, late, chance }: Given,
  moves: PastOrder["moves"],
): { at: number; part: number } | null {
  const approved = moves.find(({ status }) => status === "APPROVED")!.at;
  const term = termOf(partner);
  const behind = term === 0 ? 0 : chance.is(0.06) ? chance.between(5, 14) : chance.between(-6, 2);
  const part = term > 0 && chance.is(0.1) ? 0.4 : 0;
  if (late && at > now - 60 * day) return null;
  const paid = term === 0 ? approved + Math.floor(chance.between(20, 240)) * minute : approved + (term + behind) * day;
  return { at: whenOpen(Math.floor(paid), chance), part };
}
