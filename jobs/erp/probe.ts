import { ErpClosed, wordsOf } from "./breaker.ts";
import type { ErpClient } from "./client.ts";
import { ErpFailure } from "./failure.ts";

/** What came of asking whether the ERP is there. */
export type Probed = { ok: boolean; ms: number; error: string | null };

/** What a probe asks: a ping, the first page of a feed, or whether there are documents of a number. */
export type Probe = { operation: "ping" | "find" | "stock" | "credit"; number: string | null };

/** Asks what a probe is to ask; any well-formed answer is a good one. */
export async function ask(client: ErpClient, { operation, number }: Probe): Promise<void> {
  if (operation === "stock" || operation === "credit") await client.checkFeed(operation);
  else if (operation === "find" && number !== null) await client.findDocuments(number);
  else await client.ping();
}

/** How a call went and how long it took; null when the breaker did not let it through. */
export async function timed(call: () => Promise<void>): Promise<Probed | null> {
  const started = performance.now();
  const ms = () => Math.round(performance.now() - started);
  try {
    await call();
    return { ok: true, ms: ms(), error: null };
  } catch (error) {
    if (error instanceof ErpClosed) return null;
    if (!(error instanceof ErpFailure)) throw error;
    return { ok: false, ms: ms(), error: wordsOf(error) };
  }
}
