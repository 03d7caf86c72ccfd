import { execFileSync } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { demoPassword } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { type Answer, hiddenFields, Visitor } from "./clients.ts";
import type { System } from "./system.ts";
import { type Line, median, milliseconds } from "./table.ts";

/** What is promised to whoever comes while the database does not answer. */
const limitMs = 2_000;

/**
 * How long people wait for the words that the site cannot serve them now, and that their form is kept, in each way in
 * which a database can fail them.
 */
export async function measureOutage(system: System, { visitors = 40, crowd = 500 } = {}): Promise<Line[]> {
  await system.need("mail", "auth", "worker", "web");
  const visitor = new Visitor(system.stack.at.app);
  try {
    await visitor.signIn(system.stores[0]!.email, demoPassword);
    await visitor.post("/cart/items", { sku: facts.high.sku, quantity: "1" });
    const form: Record<string, string> = {
      ...hiddenFields(await visitor.get("/checkout"), "/checkout"),
      note: "antar pagi",
    };
    const ask = () =>
      Promise.all([
        ...Array.from({ length: visitors }, () => visitor.get("/products")),
        visitor.post("/checkout", form),
      ]);
    const floor = slowest(await Promise.all(Array.from({ length: visitors }, () => visitor.get("/api/health"))));

    const lines: Line[] = [];
    for (const [what, begin] of Object.entries(ways)) {
      const end = await begin(system);
      const answers = await ask().finally(end);
      const healed = await until200(visitor);
      const sent = answers.at(-1)!;
      lines.push({
        what: `Database ${what}: ${visitors} pages and a checkout at once, slowest answer`,
        figure:
          `${milliseconds(slowest(answers))} (median ${milliseconds(median(answers.map(({ ms }) => ms)))}; ` +
          `${counted(answers)}; served again after ${milliseconds(healed)})`,
        limit: `<= ${limitMs} ms, 503, form kept`,
        floor: `${milliseconds(floor)}: an answer that needs no database`,
        meets:
          slowest(answers) <= limitMs &&
          answers.every(({ status, headers }) => status === 503 && headers["retry-after"] !== undefined) &&
          hiddenFields(sent, "/checkout").checkout_key === form.checkout_key,
      });
    }
    return [...lines, await measureCrowd(system, crowd)];
  } finally {
    visitor.close();
  }
}

/** Begins each and says how it ends. */
const ways: Record<string, (system: System) => Promise<() => Promise<unknown>>> = {
  /** The web's connections end, and it gets no other. */
  async away({ admin }) {
    await admin.query("alter role web nologin");
    await admin.query("grant web to postgres");
    await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'web'");
    return async () => {
      await admin.query("alter role web login");
      await admin.query("revoke web from postgres");
    };
  },
  /** No process of it moves, as with a disk that hangs: connections stay open, and nothing is answered. */
  async frozen({ stack }) {
    const server = stack.pid("postgres")!;
    const pids = [
      server,
      ...execFileSync("pgrep", ["-P", String(server)], { encoding: "utf8" })
        .trim()
        .split("\n")
        .map(Number),
    ];
    for (const pid of pids) signal(pid, "SIGSTOP");
    return async () => pids.toReversed().forEach((pid) => signal(pid, "SIGCONT"));
  },
  /** Each query waits, so that soon no connection is free. */
  async "used up"({ admin }) {
    const holder = await admin.connect();
    await holder.query("begin");
    await holder.query("lock table app.products in access exclusive mode");
    return async () => {
      await holder.query("rollback");
      holder.release();
    };
  },
};

async function measureCrowd({ stack }: System, crowd: number): Promise<Line> {
  const people = Array.from({ length: crowd }, () => new Visitor(stack.at.app));
  const at = async (path: string) => Promise.all(people.map((person) => person.get(path)));
  const floor = slowest(await at("/api/health"));
  const answers = await at(`/products?q=burst-${Date.now()}`);
  const away = answers.filter(({ status }) => status === 503);
  for (const person of people) person.close();
  return {
    what: `${crowd} visitors at one moment: slowest answer`,
    figure: `${milliseconds(slowest(answers))} (${counted(answers)}; slowest 503 ${milliseconds(slowest(away))})`,
    limit: `<= ${limitMs} ms, 200 or 503`,
    floor: `${milliseconds(floor)}: an answer that needs no database`,
    meets:
      slowest(answers) <= limitMs &&
      answers.every(
        ({ status, headers }) => status === 200 || (status === 503 && headers["retry-after"] !== undefined),
      ),
  };
}

const slowest = (answers: Answer[]) => Math.max(0, ...answers.map(({ ms }) => ms));
const counted = (answers: Answer[]) =>
  Object.entries(Object.groupBy(answers, ({ status }) => String(status)))
    .map(([status, some]) => `${status}: ${some!.length}`)
    .join(", ");

/** @returns milliseconds until pages come again. */
async function until200(visitor: Visitor): Promise<number> {
  const started = performance.now();
  while ((await visitor.get("/products")).status !== 200) {
    if (performance.now() - started > 60_000) throw new Error("The site is not back a minute after its database was.");
    await pause(20);
  }
  return performance.now() - started;
}

function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name);
  } catch {
    // It ended meanwhile.
  }
}
