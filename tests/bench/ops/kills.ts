import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { Child } from "#scripts/child.ts";
import { mulberry } from "#tests/support/random.ts";
import { cut, type Kind as Cut } from "../kills/cuts.ts";
import { openSystem, type System } from "../kills/system.ts";
import type { Line } from "../table.ts";
import { openIncidents, type Opener } from "./opener.ts";
import { drained, reportOps } from "./report.ts";

export const kinds = [
  "one worker killed",
  "both workers killed",
  "Postgres killed",
  "connections ended",
  "network cut",
] as const;
export type Kind = (typeof kinds)[number];
export type OpsRun = {
  system: System;
  opener: Opener;
  seed: number;
  started: number;
  killed: Record<Kind, number>;
};

type Options = { kills?: number; seed?: number; say?: (words: string) => void; until?: Promise<void> };

/**
 * Kills workers and database at random moments while incidents are opened, their timers ring within seconds, and people
 * are told by Slack, mail and SMS. Two workers run; the providers outlive all of it and know each request. At the end
 * every timer has rung once and everybody has heard, once.
 */
export async function measureOpsKills({ kills = 1_000, seed = 1, say = () => undefined, until }: Options = {}): Promise<
  Line[]
> {
  const random = mulberry(seed);
  const system = await openSystem();
  let stopped = false;
  void until?.then(() => (stopped = true));
  let second = await system.anotherWorker("second-worker");
  try {
    await hurry(system);
    const killed = Object.fromEntries(kinds.map((kind) => [kind, 0])) as OpsRun["killed"];
    const run: OpsRun = {
      system,
      opener: openIncidents(system.stack.at.admin),
      seed,
      started: performance.now(),
      killed,
    };
    for (let done = 0; done < kills && !stopped; done += 1) {
      await somewhere(system, random);
      const kind = pick(random);
      second = await ways[kind](system, second, random);
      killed[kind] += 1;
      if ((done + 1) % 50 === 0) say(`${done + 1} kills, ${run.opener.opened.length} incidents`);
    }
    await run.opener.stop();
    await drained(run, say);
    return await reportOps(run);
  } finally {
    await second.stop();
    await system.close();
  }
}

/** The posts are taken, and what usually takes minutes takes seconds: the same rows, the same order. */
async function hurry({ stack }: System) {
  const client = new pg.Client({ connectionString: stack.at.admin });
  await client.connect();
  try {
    await client.query(`
      update app.incident_levels set respond_within = interval '2 seconds' where severity <= 2;
      update app.escalation_steps set after = step * interval '2 seconds' where severity <= 2;
      with people as (
        insert into app.responders (name, email, phone) values
          ('Direktur', 'direktur@bench.test', '6281230000001'), ('Kepala', 'kepala@bench.test', '6281230000002')
          returning id, name)
      insert into app.rota (post, responder_id, from_day)
        select post, id, current_date - 2 from people, unnest(case name when 'Direktur'
          then '{CTO,CIO,VP_SALES}'::text[] else '{ENG_LEAD,OPS_MANAGER}' end) post`);
  } finally {
    await client.end();
  }
}

/** Half of the times beside a request to a provider, else anywhere. */
async function somewhere({ seen }: System, random: () => number) {
  if (random() < 0.5) return pause(random() * 600);
  await once(seen, "request", { signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
  await pause(random() * 40);
}

const pick = (random: () => number): Kind => {
  const dice = random();
  if (dice < 0.55) return "one worker killed";
  if (dice < 0.65) return "both workers killed";
  if (dice < 0.72) return "Postgres killed";
  return dice < 0.88 ? "connections ended" : "network cut";
};

const database =
  (kind: Cut) =>
  async (system: System, second: Child, random: () => number): Promise<Child> => {
    const { client } = await cut(system, kind, random);
    await client.end().catch(() => undefined);
    return second;
  };

const ways: Record<Kind, (system: System, second: Child, random: () => number) => Promise<Child>> = {
  async "one worker killed"(system, second, random) {
    if (random() < 0.5) return again(system, second);
    await killFirst(system);
    return second;
  },
  async "both workers killed"(system, second) {
    const [, next] = await Promise.all([killFirst(system), again(system, second)]);
    return next;
  },
  "Postgres killed": database("Postgres killed"),
  "connections ended": database("connections ended"),
  "network cut": database("network cut"),
};

async function killFirst({ stack }: System) {
  await stack.halt("worker", "SIGKILL");
  await stack.start("worker");
}

async function again(system: System, second: Child): Promise<Child> {
  second.kill("SIGKILL");
  await second.ended;
  return system.anotherWorker("second-worker");
}
