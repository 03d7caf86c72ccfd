import type { LoaderFunctionArgs } from "@remix-run/node";
import { findReadiness } from "#app/api/limits.server.ts";
import { readOne } from "#app/db/transaction.server.ts";
import { env } from "#app/env.server.ts";
import { isBearer } from "#app/http/bearer.ts";
import { isRead, json, readOnly } from "#app/http/api.server.ts";
import { problem } from "#app/http/problem.server.ts";
import { inTime } from "#app/in-time.ts";
import { figureSources } from "#app/vitals/figures.ts";

const databaseMs = 300;
/** Longer than any pause between two signs of life of the worker. */
const workerSeconds = 120;

/**
 * Whether all that this process stands on is there, for whoever has the token of measurements: the database in time, a
 * worker, the schema that we were written for. Not what a load balancer asks: what all processes share would take all
 * of them out at once.
 */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  if (!isRead(request)) return readOnly();
  if (!env.METRICS_TOKEN || !isBearer(request.headers.get("authorization"), env.METRICS_TOKEN))
    return problem("not-found");
  const asked = performance.now();
  const found = await inTime(readOne(null, findReadiness), databaseMs).catch(() => null);
  const ms = Math.round(performance.now() - asked);
  const heard = found?.workerSeconds ?? null;
  const expected = figureSources().schema;
  const checks = {
    database: { ok: found !== null, ms: Math.min(ms, databaseMs) },
    worker: { ok: heard !== null && heard <= workerSeconds, heard_seconds_ago: heard },
    schema: { ok: found !== null && expected !== null && found.schema === expected },
  };
  const ready = Object.values(checks).every(({ ok }) => ok);
  return json({ status: ready ? "ready" : "not-ready", checks }, ready ? 200 : 503);
}

export const action = readOnly;
