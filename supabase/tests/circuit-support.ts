import type { TestDb } from "#tests/support/rolled-back.ts";

type Circuit = {
  state: string;
  version: number;
  failures: number;
  flaps: number;
  last_error: string | null;
  pause: number;
  silent: number | null;
};
type Taken = {
  ticket: number | null;
  state: string;
  wait_ms: number;
  doubt_ms: number;
  probe_with: string;
  probe_number: string | null;
};

/** A process of the worker. */
export const one = "00000000-0000-4000-8000-000000000001";

/** Another one. */
export const two = "00000000-0000-4000-8000-000000000002";

/**
 * The breaker of a test, and its time: `now()` stands still in a transaction, so whatever is on record moves into the
 * past instead.
 */
export async function breaker(db: TestDb) {
  await db.sql.query(`
      update app.erp_circuit set state = 'CLOSED', version = 10, failures = 0, since = now() - interval '1 day',
        last_ok_at = now(), last_error = null, flaps = 0, good_probes = 0,
    bad_probes = 0, probe_with = 'ping', next_probe_at = now(), probed_at = null, probe_owner = null,
      probe_until = null, beat = '2.5 seconds', first_pause = '5 seconds', longest_pause = '60 seconds'`);
  await db.sql.query("delete from app.erp_circuit_events");
  const read = async () =>
    (
      await db.rows<Circuit>(`
        select state, version, failures, flaps, last_error, extract(epoch from next_probe_at - now())::float as pause,
    extract(epoch from now() - last_ok_at)::float as silent from app.erp_circuit`)
    )[0]!;
  const version = async () => (await read()).version;
  return {
    read,
    pass: (seconds: number) =>
      db.sql.query(
        `
          with past as (select make_interval(secs => $1) as i),
            moved as (update app.erp_circuit_events set at = at - (select i from past))
      update app.erp_circuit set since = since - i, last_ok_at = last_ok_at - i, next_probe_at = next_probe_at - i,
        probed_at = probed_at - i, probe_until = probe_until - i from past`,
        [seconds],
      ),
    fail: async (of?: number, operation = "ping") =>
      db.value<string>("select jobs.erp_failed($1, $2, 'connection: ECONNREFUSED')", [
        of ?? (await version()),
        operation,
      ]),
    answered: async (of?: number) => db.value("select jobs.erp_answered($1)", [of ?? (await version())]),
    fused: (of: number, operation = "ping") =>
      db.value<string>("select jobs.erp_fused($1, $2, 'timeout: 4000 ms')", [of, operation]),
    take: async (owner = one) =>
      (
        await db.rows<Taken>(
          "select ticket, state, wait_ms, doubt_ms, probe_with, probe_number from jobs.take_probe($1)",
          [owner],
        )
      )[0]!,
    settle: (ticket: number | null, ok: boolean, owner = one) =>
      db.value<string>("select jobs.settle_probe($1, $2, $3, 12, $4)", [
        owner,
        ticket,
        ok,
        ok ? null : "timeout: 4000 ms",
      ]),
    history: async () =>
      (await db.rows<{ state: string }>("select state from app.erp_circuit_events order by id")).map(
        ({ state }) => state,
      ),
  };
}
type Breaker = Awaited<ReturnType<typeof breaker>>;

/** Opens the breaker by failures. */
export async function open(circuit: Breaker) {
  for (let time = 0; time < 5; time += 1) await circuit.fail();
}
/** Waits until a probe is due and has it. */
export async function probe(circuit: Breaker, ok: boolean) {
  await circuit.pass(Math.max(0, (await circuit.read()).pause));
  return circuit.settle((await circuit.take()).ticket, ok);
}
