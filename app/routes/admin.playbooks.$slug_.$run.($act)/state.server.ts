import { findAccount, listLogins } from "#app/accounts/account.server.ts";
import { openCase } from "#app/cases/case.server.ts";
import { creditDecisionOf } from "#app/approvals/approval.ts";
import type { Db } from "#app/db/transaction.server.ts";
import { together } from "#app/db/together.server.ts";
import { findCircuit, findQueue, findUndecided, listFeeds } from "#app/erp/state.server.ts";
import { listExports } from "#app/evidence/export.server.ts";
import { listErasures } from "#app/leads/erasure.server.ts";
import { findAnyOrder } from "#app/orders/order.server.ts";
import { findBlackout } from "#app/playbooks/run.server.ts";
import type { Slug } from "#app/playbooks/playbook.ts";
import { listRuns } from "#app/reconcile/runs.server.ts";
import { bypassKey, forceDegradedKey } from "#app/settings/setting.ts";
import { listSwitches } from "#app/settings/setting.server.ts";
import { listMaintenance } from "#app/status/status.server.ts";
import { wholeOrderText } from "#app/ui/whatsapp.ts";

/** What the steps of a playbook change, as it is now: what can be asked for together with the run itself. */
export async function readState(db: Db, slug: Slug, run: number) {
  const of = async <Found>(one: Slug, read: () => Promise<Found>) => (slug === one ? await read() : null);
  const { erp, paperAt, maintenance, erasures } = await together({
    erp: of("erp-heartattack", () => readErp(db)),
    paperAt: of("kiamat-digital", () => findBlackout(db, run)),
    maintenance: of("maintenance", () => readMaintenance(db)),
    erasures: of("data-deletion", () => countErasures(db)),
  });
  return { erp, paperAt, maintenance, erasures };
}

const weekMs = 7 * 86_400_000;

/**
 * Whom the run is about, and what can be said about where his orders came from: to read that is an act that the trail
 * notes, as on his case; hence in a transaction that writes.
 */
export async function readSalesman(db: Db, code: string) {
  const account = await findAccount(db, code);
  const logins = await listLogins(db, code);
  const { exports } = await listExports(db, { code, after: null });
  const { orders } = await openCase(db, code, null);
  return {
    code,
    name: account.name,
    status: account.status,
    logins: logins.length,
    exports: exports.slice(0, 5).map(({ ref, requestedBy, requestedAt }) => ({ ref, requestedBy, requestedAt })),
    orders: orders
      .filter(({ at }) => Date.parse(at) > Date.now() - weekMs)
      .slice(0, 20)
      .map(({ number, at, store, verdict, held, status }) => ({
        number,
        at,
        store: store.name,
        verdict,
        held,
        status,
      })),
  };
}

async function readErp(db: Db) {
  const { circuit, switches, feeds, queue, undecided, runs } = await together({
    circuit: findCircuit(db),
    switches: listSwitches(db),
    feeds: listFeeds(db),
    queue: findQueue(db),
    undecided: findUndecided(db),
    runs: listRuns(db),
  });
  const until = (key: string) => switches.find((one) => one.key === key && one.value === true)?.expiresAt ?? null;
  const [last] = runs;
  return {
    circuit: circuit.state,
    since: circuit.since,
    bypassUntil: until(bypassKey),
    forcedUntil: until(forceDegradedKey),
    stockAsOf: feeds.find(({ name }) => name === "stock")?.asOf ?? null,
    waiting: queue.waiting,
    undecided: undecided.undecided,
    lastRun: last ? { ref: last.ref, startedAt: last.startedAt, finishedAt: last.finishedAt, total: last.total } : null,
  };
}

/** The order as its text is copied, and who is to get it. */
export async function readOrder(db: Db, number: string) {
  const order = await findAnyOrder(db, number);
  const decided = creditDecisionOf(order.light, order.events);
  return {
    number,
    to: order.routedTo,
    text: wholeOrderText({ ...order, creditApproved: decided?.outcome === "APPROVED" ? decided.at : null }),
  };
}

async function readMaintenance(db: Db) {
  const open = (await listMaintenance(db)).find(({ state }) => state === "PLANNED" || state === "RUNNING");
  return { open: open ? { mode: open.mode, from: open.from, until: open.until } : null };
}

const countErasures = async (db: Db) => (await listErasures(db)).filter(({ doneAt }) => !doneAt).length;
