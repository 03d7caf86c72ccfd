import { randomUUID } from "node:crypto";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { together } from "../clients.ts";

/** An order as the ERP takes it. */
export type Body = {
  reference: string;
  partner: string;
  placed_at: string;
  total: number;
  credit: string;
  lines: object[];
};
type Errand = { base: string; apiKey: string; bodies: Body[] };

/**
 * The floor: orders looked up and posted by a bare client, five at a time, without a database, in a thread of its own.
 *
 * @returns milliseconds.
 */
export async function sendBare(errand: Errand): Promise<number> {
  const worker = new Worker(new URL(import.meta.url), { workerData: errand });
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

/** One order sent as it is, under its number as key. */
export const postBare = (base: string, apiKey: string, body: Body) =>
  call(`${base}/api/v1/orders`, apiKey, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", "idempotency-key": body.reference },
  });

async function call(
  url: string,
  apiKey: string,
  { headers, ...init }: { method?: string; body?: string; headers?: Record<string, string> } = {},
): Promise<void> {
  const response = await fetch(url, {
    ...init,
    headers: { ...headers, "x-api-key": apiKey, "x-request-id": randomUUID() },
  });
  if (!response.ok)
    throw new Error(`${init.method ?? "GET"} ${url} answered ${response.status}: ${await response.text()}`);
  await response.arrayBuffer();
}

if (!isMainThread && parentPort) {
  const { base, apiKey, bodies } = workerData as Errand;
  const started = performance.now();
  await together(5, bodies.length, async (i) => {
    await call(`${base}/api/v1/orders?reference=${encodeURIComponent(bodies[i]!.reference)}`, apiKey);
    await postBare(base, apiKey, bodies[i]!);
  });
  parentPort.postMessage(performance.now() - started);
}
