import { z } from "zod";
import type { Seen } from "./state.ts";

const deadlineMs = 4_000;
const readiness = z.object({
  checks: z.object({ database: z.object({ ok: z.boolean() }), worker: z.object({ ok: z.boolean() }) }),
});
type Answer = { alive: boolean; database?: boolean; worker?: boolean };

/**
 * Asks each site whether it is there and what it can reach.
 *
 * @param token with which `/api/ready` may be read
 */
export async function askAll(sites: string[], token: string): Promise<Seen> {
  const answers = await Promise.all(sites.map((site) => ask(site, token)));
  const alive = answers.filter((answer) => answer.alive);
  if (alive.length === 0) return { SITE: false };
  const some = (what: "database" | "worker") => {
    const told = alive.flatMap((answer) => answer[what] ?? []);
    return told.length === 0 ? {} : { [what.toUpperCase()]: told.some(Boolean) };
  };
  const database = some("database");
  return {
    SITE: true,
    WEB: alive.length === sites.length,
    ...database,
    // Without a database nobody hears a worker.
    ...("DATABASE" in database && database.DATABASE ? some("worker") : {}),
  };
}

async function ask(site: string, token: string): Promise<Answer> {
  const [alive, ready] = await Promise.all([
    answerOf(`${site}/api/health`, { method: "HEAD" }),
    answerOf(`${site}/api/ready`, { headers: { authorization: `Bearer ${token}` } }),
  ]);
  if (alive?.status !== 200) return { alive: false };
  const told = readiness.safeParse(ready?.body);
  if (told.success) return { alive: true, database: told.data.checks.database.ok, worker: told.data.checks.worker.ok };
  // A site that is there and does not say within four seconds, or that fails while it looks, cannot reach it. What
  // refuses to tell us anything tells nothing of the database.
  return ready === null || ready.status >= 500 ? { alive: true, database: false } : { alive: true };
}

async function answerOf(url: string, init: RequestInit): Promise<{ status: number; body: unknown } | null> {
  try {
    const response = await fetch(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(deadlineMs) });
    const text = await response.text();
    return { status: response.status, body: parsed(text) };
  } catch {
    return null;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
