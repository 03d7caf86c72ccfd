import type { WorkerQueries } from "../queries.ts";
import { ErpClosed, wordsOf as failureWords } from "../erp/breaker.ts";
import { erpClient, type ErpClient, type Gate } from "../erp/client.ts";
import { compareOrder } from "../erp/compare.ts";
import { ErpFailure } from "../erp/failure.ts";
import type { Waiting } from "../erp/sync-queries.ts";
import { sleep } from "../loop.ts";
import { count, exits, mostNamed, orders, progressLine, table, wordsOf } from "./show.ts";
import type { How } from "./work.ts";

const page = 100;
const failuresToEnd = 5;

type Said = { would: string; person: boolean; words: string };

/** Looks up and compares all that waits, and says what would happen. Not even the breaker hears of it. */
export async function dryRun({ queries, access, paced, stop }: How): Promise<number> {
  const erp = erpClient(access, silentGate(queries));
  const line = progressLine();
  const would: Record<string, number> = {};
  const named: Array<{ number: string; result: string; words: string }> = [];
  let [seen, people, failed, failures] = [0, 0, 0, 0];
  let rows: Waiting[];
  let after = "0";
  do {
    rows = await queries.listWaiting(after, page);
    for (const row of rows) {
      if (stop.aborted) break;
      const started = performance.now();
      const said = await lookAt(erp, row);
      if (said === "BREAKER_OPEN" || failures >= failuresToEnd) {
        console.error(`The ERP is away: ${orders(seen)} looked at, the others not.`);
        return exits.failed;
      }
      failures = said instanceof ErpFailure ? failures + 1 : 0;
      if (said instanceof ErpFailure) failed += 1;
      const {
        would: what,
        person,
        words,
      } = said instanceof ErpFailure ? { would: "NO_ANSWER", person: true, words: failureWords(said) } : said;
      would[what] = (would[what] ?? 0) + 1;
      if (person) people += 1;
      if (person && named.length < mostNamed) named.push({ number: row.order.number, result: what, words });
      line.show(`${count(++seen)} looked at`);
      if (paced) await sleep(Math.max(0, row.gap_ms - (performance.now() - started)));
    }
    after = rows.at(-1)?.order_id ?? after;
  } while (rows.length === page && !stop.aborted);

  line.end(`${orders(seen)} looked at; nothing was changed. It would be:`);
  console.log(seen === 0 ? "  nothing: no order waits for the ERP" : table(would, named, people - named.length));
  if (stop.aborted) return exits.interrupted;
  return failed > 0 ? exits.failed : people > 0 ? exits.person : exits.done;
}

async function lookAt(erp: ErpClient, { order, ended }: Waiting): Promise<Said | ErpFailure | "BREAKER_OPEN"> {
  try {
    const [first, ...more] = await erp.findDocuments(order.number);
    if (!first)
      return ended ? { would: "ABSENT", person: false, words: "" } : { would: "CREATED", person: false, words: "" };
    const documents = [first, ...more].map(({ number }) => number).join(", ");
    if (ended) return { would: "STOP_IN_ERP", person: true, words: documents };
    const { result, error, difference } = compareOrder(order, [first, ...more]);
    return { would: result, person: result !== "CONFIRMED", words: wordsOf(error, difference) };
  } catch (error) {
    if (error instanceof ErpClosed) return "BREAKER_OPEN";
    if (error instanceof ErpFailure) return error;
    throw error;
  }
}

const silentGate =
  (queries: WorkerQueries): Gate =>
  async (_operation, call) => {
    if ((await queries.readCircuit()).state !== "CLOSED") throw new ErpClosed();
    return call();
  };
