import { readOne } from "#app/db/transaction.server.ts";
import { env } from "#app/env.server.ts";
import { hinders, inForce, isClosed, type Maintenance, type Mode } from "#app/status/maintenance.ts";
import { findMaintenance } from "#app/status/status.server.ts";
import { refreshStatus } from "#app/status/last-status.server.ts";
import type { Lang } from "#app/words.ts";
import { formatWib } from "#app/ui/format.ts";
import type { Closed, Outage } from "./closed.ts";

const askEveryMs = 2_000;
/** The status is kept at hand for when the database is away. */
const statusEvery = 8;
const longestWait = 3_600;
const usualWait = 300;

let known: Maintenance = { mode: "OFF", period: null };

/** What holds now, by the environment or by what the database said last. */
export const maintenance = (): Maintenance => inForce(env.MAINTENANCE_MODE, known);

/** Asks the database. While it is away what it said last holds on. */
export async function askMaintenance(): Promise<void> {
  known = await readOne(null, findMaintenance).catch(() => known);
}

/** Asks every other second for as long as this process lives. */
export function followMaintenance(): void {
  let round = 0;
  const ask = async () => {
    await askMaintenance();
    if (round++ % statusEvery === 0) await refreshStatus((work) => readOne(null, work)).catch(() => undefined);
    setTimeout(() => void ask(), askEveryMs).unref();
  };
  void ask();
}

/** The mode that turns this request away from whoever is not staff; null: none does. */
export function closedBy({ url, method }: Request): Exclude<Mode, "OFF"> | null {
  const { mode } = maintenance();
  return mode !== "OFF" && isClosed(mode, method, new URL(url).pathname) ? mode : null;
}

/** Leaves to the server what it writes instead of a page; thrown by whoever turns a request away. */
export function turnedAway(context: { outage?: Outage }, mode: Exclude<Mode, "OFF">): Response {
  context.outage = { reason: mode === "FULL" ? "CLOSED" : "READ_ONLY", closed: toldToVisitors() };
  return new Response(null, { status: 503 });
}

function toldToVisitors(): Closed {
  const { period } = maintenance();
  const left = period ? Math.ceil((Date.parse(period.until) - Date.now()) / 1000) : usualWait;
  return {
    retryAfter: Math.min(longestWait, Math.max(30, left)),
    text: period && { id: period.id, en: period.en },
    until: period && { id: formatWib(period.until, "id"), en: formatWib(period.until, "en") },
    pack: env.OFFLINE_PACK_URL ?? null,
  };
}

/** What pages that it hinders say of it to whoever is let in. */
export function maintenanceBanner(lang: Lang, path: string) {
  const { mode, period } = maintenance();
  return mode === "OFF" || !hinders(path) ? null : { mode, until: period?.until ?? null, text: period && period[lang] };
}
