import { setTimeout as pause } from "node:timers/promises";
import type { Case } from "./cases.ts";
import { type Found, judge } from "./judge.ts";
import { type System, until } from "./system.ts";

/** Moments of a trial, in milliseconds of the clock. */
export type Moments = { broken: number; healed: number; recovered: number | null };
export type Trial = { name: string; found: Found };

/** Pauses between probes, shortened so that thirty faults fit into minutes; one fault meets those of production. */
const tuned = ["1 second", "3 seconds"];
const production = ["5 seconds", "60 seconds"];
/** Longest ways back: probes, an order's pause after several bad tries, a feed's. */
const patience = { tuned: 75_000, production: 150_000 };

/** One fault from sound to sound: broken, watched, healed, watched until all is as before, judged. */
export async function tryFault(system: System, one: Case): Promise<Trial> {
  await settle(system, one);
  const falseFigures = new Set<string>();
  const watch = watchFigures(system, falseFigures);
  const broken = Date.now();
  system.erp.break(one.fault, one.only);
  await system.rows("update app.feeds set wanted = true, tries = 0, next_try_at = now()");
  await pause(one.lasts);
  system.erp.break("up");
  const healed = Date.now();
  system.crowd.order(false);
  const back = await until(one.untuned ? patience.production : patience.tuned, () => isSound(system, broken));
  const recovered = back ? Date.now() : null;
  if (!back) console.error(`  ${one.name}: not back; ${JSON.stringify(await where(system))}`);
  await pause(1_500); // Somebody opens a page after all this.
  await watch.stop();
  return { name: one.name, found: await judge(system, one, { broken, healed, recovered }, [...falseFigures]) };
}

async function settle(system: System, one: Case) {
  system.state.careless = one.careless;
  await system.rows(
    "update app.erp_circuit set first_pause = $1::interval, longest_pause = $2::interval, flaps = 0",
    one.untuned ? production : tuned,
  );
  system.crowd.order(true);
  // Some orders go through before, so that what was answered lately is what it is on any day.
  await pause(3_000);
}

/** Closed, nothing waiting, and both feeds, which had been asked for, fresh and without complaint. */
async function isSound(system: System, broken: number): Promise<boolean> {
  const { sound } = await system.row<{ sound: boolean }>(
    `
    select (select state = 'CLOSED' from app.erp_circuit)
       and not exists (select from app.erp_syncs where done_at is null)
       and not exists (select from app.reconcile_runs where finished_at is null)
       and not exists (select from app.feeds where wanted or last_error is not null or as_of < $1) as sound`,
    [new Date(broken)],
  );
  return sound;
}

const where = (system: System) =>
  system.row(`
  select (select to_jsonb(c) from app.erp_circuit c) as circuit, (select count(*)::int from app.erp_syncs
    where done_at is null) as waiting,
         (select jsonb_agg(to_jsonb(f)) from app.feeds f) as feeds, (select jsonb_agg(to_jsonb(u))
           from (select * from app.erp_syncs where done_at is null limit 3) u) as syncs`);

/** Compares all that is live with what the ERP truly has, over and over. */
function watchFigures(system: System, wrong: Set<string>) {
  let stopped = false;
  const running = (async () => {
    while (!stopped) {
      const words = await system.falseFigures();
      if (words) wrong.add(words);
      await pause(1_000);
    }
  })();
  return {
    async stop() {
      stopped = true;
      await running;
    },
  };
}
