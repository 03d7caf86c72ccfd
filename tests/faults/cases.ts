import type { Fault, Target } from "#mocks/erp/faults/modes.ts";

/**
 * What a feed must come to while the fault lasts: live, refused with such words, or whatever, as long as nothing false
 * goes live.
 */
export type FeedEnd = "accepted" | RegExp | null;

/** What a fault is and what has to follow. */
export type Case = {
  name: string;
  fault: Fault;
  only?: Target[];
  /** Must the breaker open? Null: it may, because the fault can fail five calls in a row or not. */
  opens: boolean | null;
  /** Once open it stays so until the ERP is mended, however good its pings are: probes ask what failed. */
  holds?: boolean;
  stock: FeedEnd;
  credit: FeedEnd;
  /**
   * The ERP makes a document of every POST, so that a second one would show; unless the fault is that it makes two by
   * itself.
   */
  careless: boolean;
  /** Milliseconds that it lasts. */
  lasts: number;
  /** The pauses between probes are those of production. */
  untuned?: boolean;
};

const dead = (fault: Fault, more: Partial<Case> = {}): Case => ({
  name: fault,
  fault,
  opens: true,
  stock: null,
  credit: null,
  careless: true,
  lasts: 16_000,
  ...more,
});
const odd = (fault: Fault, stock: FeedEnd, credit: FeedEnd, more: Partial<Case> = {}): Case => ({
  name: fault,
  fault,
  opens: false,
  stock,
  credit,
  careless: true,
  lasts: 13_000,
  ...more,
});
const twice = /appears twice/;
const unknown = /unknown/i;
const gap = /rows arrived where|the feed is empty/;

/** The longest first, so that two lanes end together. */
export const cases: Case[] = [
  dead("flap", { lasts: 49_000, untuned: true }),
  odd("up", "accepted", "accepted"), // The control: nothing is broken, and nothing may look like it.
  dead("refuse"),
  dead("hang"),
  dead("dribble"),
  dead("reset"),
  dead("html"),
  dead("truncated"),
  dead("cut"),
  dead("big"),
  dead("deep"),
  dead("stranger"),
  dead("busy"),
  dead("500"),
  odd("lost", "accepted", "accepted", { opens: null, stock: null, credit: null }),
  odd("late", "accepted", "accepted", { lasts: 20_000 }),
  odd("twice", null, null, { opens: null }),
  // Somebody between repeats what we sent once: with an ERP that keeps its keys that is one document. With a careless
  // one it would be two, and nobody would know before the order is looked up again.
  odd("doubled", "accepted", "accepted", { careless: false }),
  odd("nan", /not JSON/, /not JSON/, { opens: null, holds: true, lasts: 20_000 }),
  odd("infinity", /content/, /content/, { opens: null, holds: true, lasts: 20_000 }),
  odd("negative", null, null, { opens: null, holds: true, lasts: 20_000 }),
  // One row of hundreds: set aside, and what was known of it before goes on to hold.
  odd("negative", "accepted", "accepted", { name: "negative-row", only: ["stock"] }),
  odd("html", null, null, { name: "html-orders", only: ["orders"], opens: null, holds: true, lasts: 20_000 }),
  odd("duplicate-sku", twice, twice),
  odd("unknown-sku", unknown, unknown),
  odd("no-warehouse", /warehouse/, "accepted"),
  odd("proto", unknown, unknown),
  odd("half", gap, gap),
  odd("shrunk", /row count/, /row count/),
  odd("page-missing", gap, gap),
  odd("page-mixed", /another snapshot/, "accepted"),
  odd("ahead", "accepted", "accepted"),
  odd("behind", "accepted", "accepted"),
];
