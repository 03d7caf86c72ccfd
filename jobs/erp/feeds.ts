import type { z } from "zod";
import type { Gate } from "./client.ts";
import { exchange, type ErpAccess } from "./exchange.ts";
import { ErpFailure } from "./failure.ts";
import { pageAnswer } from "./mapper.ts";
import type { FeedPage } from "./shapes.ts";

/**
 * A whole feed: every row, all of one snapshot. `takenAt` is the ERP's clock: for people to read, never to count with.
 */
export type Snapshot<Row> = { snapshot: string; takenAt: Date; rows: Row[] };

export type Feed<Row> = {
  name: "stock" | "credit";
  row: z.ZodType<Row>;
  keyOf: (row: Row) => string;
  fits: (row: Row) => boolean;
};

/**
 * A feed with as many rows of a hundred that cannot be used is no feed. Fewer are set aside by the database, which
 * keeps what held for them before.
 */
const bearable = 1;

/** However many pages: shorter than the lease of whoever pulls. */
const patienceMs = 240_000;

/**
 * A feed page by page: each of its shape, the one that was asked, without a row that came before, and with few that
 * cannot be used.
 */
export function openFeed<Row>(access: ErpAccess, gate: Gate, { name, row, keyOf, fits }: Feed<Row>) {
  const shape = pageAnswer(row);
  const rows = new Map<string, Row>();
  const unfit: string[] = [];
  const started = performance.now();
  let begun = null as FeedPage<Row> | null;
  const pull = (page: number) =>
    gate(name, async () => {
      if (performance.now() - started > patienceMs)
        throw new ErpFailure("timeout", `page ${page} after ${patienceMs} ms`);
      const answer = await exchange(access, { path: `/api/v1/${name}?page=${page}`, answer: shape });
      if (!answer.ok) throw new ErpFailure("status", `status ${answer.status}`);
      begun ??= answer.body;
      for (const item of answer.body.rows) {
        if (rows.has(keyOf(item))) throw new ErpFailure("content", `${keyOf(item)} appears twice`);
        rows.set(keyOf(item), item);
        if (!fits(item)) unfit.push(keyOf(item));
      }
      if (answer.body.page !== page) throw new ErpFailure("content", `page ${page} was asked, another came`);
      if (unfit.length > 0 && unfit.length * 100 >= answer.body.total * bearable) {
        throw new ErpFailure(
          "content",
          `${unfit.length} of ${answer.body.total} rows have no whole number: ${unfit.slice(0, 3).join(", ")}`,
        );
      }
      if (rows.size > answer.body.total)
        throw new ErpFailure("content", `more rows arrived than the ${answer.body.total} announced`);
      return answer.body;
    });
  return { pull, rows, begun: () => begun };
}

/** Pulls all pages of a feed. One with a gap, a double row, a row too many or pages of two snapshots is a failure. */
export async function pullWhole<Row>(access: ErpAccess, gate: Gate, feed: Feed<Row>): Promise<Snapshot<Row>> {
  const { pull, rows, begun } = openFeed(access, gate, feed);

  try {
    const first = await pull(1);
    for (let page = 2; page <= first.pages; page += 1) {
      const next = await pull(page);
      const same = next.snapshot === first.snapshot && next.total === first.total && next.pages === first.pages;
      if (!same) throw new ErpFailure("content", `page ${page} belongs to another snapshot`);
    }
    // an ERP without stock is an ERP being repaired
    if (rows.size === 0) throw new ErpFailure("content", "the feed is empty");
    if (rows.size !== first.total)
      throw new ErpFailure("content", `${rows.size} rows arrived where ${first.total} were announced`);
    return { snapshot: first.snapshot, takenAt: first.takenAt, rows: [...rows.values()] };
  } catch (error) {
    const head = begun();
    if (error instanceof ErpFailure && head)
      error.pulled = { snapshot: head.snapshot, takenAt: head.takenAt, rows: rows.size };
    throw error;
  }
}
