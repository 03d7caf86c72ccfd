import { line } from "./basket.ts";
import { day, hour, minute } from "./calendar.ts";
import type { Product } from "./catalogue.ts";
import { seedOnce, type MasterData } from "./demo.ts";
import { applyFeeds } from "./feeds.ts";
import { budi, latePayer, maya, type Partner, sari } from "./people.ts";
import { creditFor, type PastOrder } from "./past-order.ts";
import { writeHistory } from "./write-history.ts";
import { writeMasterData } from "./write-master-data.ts";

/**
 * What tests may rely on. `display` is the stock that a store can have (both warehouses less the buffer of two);
 * prices are per piece in rupiah; `room` is what is left of the limit with an empty cart. Orders are told by the
 * last six digits of their number, since the year is that of their day.
 */
export const facts = {
  high: {
    sku: "ALF-0001",
    name: "Shampoo Keratin Lestavia 250 ml",
    unit: "botol",
    display: 483,
    silver: 39_000,
    gold: 35_500,
    volumeFrom: 24,
    goldVolume: 32_500,
  },
  dear: { sku: "ALF-0033", name: "Creambath Kemiri Lestavia 5 kg", display: 267, silver: 391_000, gold: 356_000 },
  low: { sku: "ALF-0005", name: "Shampoo Anti-Ketombe Lestavia 4 L", display: 9, silver: 314_000, gold: 276_000 },
  zero: { sku: "ALF-0138", name: "Serum Rambut Argan Oil Orsanti 60 ml", display: 0, silver: 100_000, gold: 91_500 },
  budi: {
    code: "PTR-0001",
    name: "Salon Budi Surabaya",
    tier: "GOLD",
    limit: 25_000_000,
    room: 19_091_000,
    points: 85,
  },
  maya: { code: "PTR-0002", name: "Barber Maya Medan", tier: "SILVER", limit: 10_000_000, room: 2_970_000, points: 0 },
  /** Owes more than its limit: every order of it is AMBER. */
  amber: {
    code: "PTR-0007",
    email: "ptr-0007@demo.test",
    name: "Studio Rambut Cempaka",
    limit: 15_000_000,
    room: -1_020_000,
  },
  /** Cannot order. Looked after by Agus. */
  withoutRegion: { code: "PTR-0040", email: "ptr-0040@demo.test", name: "Salon Rinjani" },
  orders: {
    budiCompleted: "000001",
    amberApproved: "000002",
    mayaApproved: "000003",
    budiShadowProcessing: "000004",
    amberSubmitted: "000005",
    budiSubmitted: "000006",
  },
} as const;

/**
 * The cast and the catalogue of the demo with six known orders, and stock and credit as of now: everything a test
 * without a worker needs. A database that has accounts already is left as it is.
 *
 * @param adminUrl the login `postgres`.
 * @param passwordCost of bcrypt, as for seedDemo.
 */
export function seedTest(adminUrl: string, passwordCost = 10): Promise<MasterData> {
  return seedOnce(adminUrl, async (client) => {
    const now = Date.now();
    const products = await writeMasterData(client, new Date(now - 200 * day), passwordCost);
    await writeHistory(client, knownOrders(products, now));
    await applyFeeds(client);
  });
}

function knownOrders(products: Product[], now: number): PastOrder[] {
  const order = (
    partner: Partner,
    at: number,
    sku: string,
    quantity: number,
    ours: number,
    more: Partial<PastOrder> = {},
  ): PastOrder => {
    const lines = [
      line(
        partner,
        products.find((product) => product.sku === sku)!,
        quantity,
      ),
    ];
    return {
      at,
      partner,
      lines,
      acting: null,
      credit: creditFor(partner, lines, ours, at - minute),
      degraded: false,
      moves: [],
      syncedAt: at + minute,
      syncError: null,
      paidShare: 0,
      paidAt: null,
      ...more,
    };
  };
  const moves = (at: number, ...statuses: Array<PastOrder["moves"][number]["status"]>) =>
    statuses.map((status, i) => ({ status, at: at + (i + 1) * hour, note: "" }));
  const [first, second, third, fourth] = [now - 20 * day, now - 10 * day, now - 3 * day, now - day] as const;
  return [
    order(budi, first, facts.dear.sku, 2, 0, {
      moves: moves(first, "PROCESSING", "APPROVED", "SHIPPED", "COMPLETED"),
      paidShare: 1,
      paidAt: first + 6 * day,
    }),
    order(latePayer, second, facts.dear.sku, 40, 0, { moves: moves(second, "PROCESSING", "APPROVED") }),
    order(maya, third, facts.high.sku, 5, 0, { moves: moves(third, "PROCESSING", "APPROVED") }),
    order(budi, fourth, facts.low.sku, 1, 0, {
      moves: moves(fourth, "PROCESSING"),
      acting: {
        salesman: sari,
        from: fourth - 10 * minute,
        until: fourth + 5 * minute,
        reason: "Kunjungan rutin ke toko",
      },
    }),
    order(latePayer, now - 3 * hour, facts.dear.sku, 5, 40 * facts.dear.gold),
    order(budi, now - 2 * hour, facts.high.sku, 10, facts.low.gold),
  ];
}
