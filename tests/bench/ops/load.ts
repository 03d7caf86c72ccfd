import { setTimeout as pause } from "node:timers/promises";
import { demoPassword } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { liftLimits } from "../carts.ts";
import { type Answer, hiddenFields, together, Visitor } from "../clients.ts";
import type { System } from "../system.ts";
import { type Line, median, milliseconds, quantile } from "../table.ts";

/** The company's own sheet: p50, p95 and p99 in ms, at 100 requests a second and 500 connections. */
const sheet = {
  health: [5, 20, 50],
  login: [100, 300, 500],
  credit: [50, 150, 300],
  products: [100, 300, 500],
  order: [200, 500, 1_000],
} as const;
type Kind = keyof typeof sheet;

/** What people do, and how often of ninety times. */
const mix: Array<[what: Kind | "page" | "rum", share: number]> = [
  ["health", 15],
  ["products", 20],
  ["page", 15],
  ["credit", 20],
  ["login", 10],
  ["rum", 5],
  ["order", 5],
];
/** Signing in is a page and its form; an order goes into the cart, to the checkout, and out. */
const requestsOf: Partial<Record<Kind | "page" | "rum", number>> = { login: 2, order: 3 };
const article = facts.high.sku;
const shopsAtMost = 40;
const signedInAtMost = 120;

/**
 * A mixed load at a constant rate, whatever the answers take: what is sent late counts from when it should have been.
 * Each visitor has a connection and an address of his own.
 */
export async function measureLoad(
  system: System,
  { seconds = 60, connections = 500, perSecond = 100 } = {},
): Promise<Line[]> {
  await system.whole();
  await liftLimits(system);
  const people = await openPeople(system, connections);
  try {
    const alone = await askAlone(people);
    const { times, statuses, took } = await run(people, { seconds, perSecond });
    const all = statuses.length;
    const failed = statuses.filter((status) => status >= 500 || status === 0).length;
    const busy = statuses.filter((status) => status === 429 || status === 503).length;
    return [
      {
        what: `Mixed load, ${connections} connections`,
        figure:
          `${Math.round(all / took)} requests/s for ${Math.round(took)} s, ${failed} of ${all} failed, ` +
          `${busy} turned away`,
        limit: "< 0.1 % failed",
        floor: "",
        meets: failed / all < 0.001,
      },
      ...(Object.keys(sheet) as Kind[]).map((kind): Line => {
        const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => quantile(times[kind], share)) as [
          number,
          number,
          number,
        ];
        const limits = sheet[kind];
        return {
          what: `... ${kind}: p50, p95, p99 of ${times[kind].length}`,
          figure: [p50, p95, p99].map(milliseconds).join(", "),
          limit: `<= ${limits.join(", ")} ms`,
          floor: `${milliseconds(median(alone[kind]))}: alone, one after the other`,
          meets: p50 <= limits[0] && p95 <= limits[1] && p99 <= limits[2],
        };
      }),
    ];
  } finally {
    for (const { visitor } of people.all) visitor.close();
  }
}

type Person = { visitor: Visitor; email: string | null };
type People = { base: string; all: Person[]; signedIn: Person[]; shops: Person[]; logins: string[] };

const addressOf = (index: number) => `127.1.${Math.floor(index / 250)}.${(index % 250) + 1}`;

async function openPeople({ stack, stores }: System, connections: number): Promise<People> {
  const base = stack.at.app;
  const all: Person[] = Array.from({ length: connections }, (_, index) => ({
    visitor: new Visitor(base, { from: addressOf(index) }),
    email: null,
  }));
  const signedIn = all.slice(0, Math.min(signedInAtMost, connections, stores.length));
  await together(4, signedIn.length, async (index) => {
    const person = signedIn[index]!;
    person.email = stores[index]!.email;
    await person.visitor.signIn(person.email, demoPassword);
  });
  await together(20, all.length, async (index) => void (await all[index]!.visitor.get("/api/health")));
  return {
    base,
    all,
    signedIn,
    shops: signedIn.slice(0, Math.min(shopsAtMost, Math.ceil(signedIn.length / 3))),
    logins: stores.slice(signedIn.length).map(({ email }) => email),
  };
}

type Note = (answer: Answer, since?: number) => Answer;

/** What each kind of request is; `turn`: how often it was asked for before. Gives the milliseconds that count. */
function acts(people: People, turn: Record<string, number>, note: Note) {
  const next = (name: string) => (turn[name] = (turn[name] ?? -1) + 1);
  const of = (name: string, among: Person[]) => among[next(name) % among.length]!.visitor;
  const timed = async (asking: Promise<Answer>) => note(await asking).ms;
  return {
    health: () => timed(of("health", people.all).get("/api/health")),
    products: () => timed(of("products", people.all).get("/api/products")),
    page: () => timed(of("page", people.signedIn).get("/products")),
    credit: () => timed(of("credit", people.signedIn).get("/api/credit/status")),
    rum: () =>
      timed(of("rum", people.all).postJson("/api/rum", { route: "/products", vitals: [{ name: "LCP", value: 900 }] })),
    async login() {
      const turns = next("login");
      const logins = people.logins.length > 0 ? people.logins : people.signedIn.map(({ email }) => email!);
      const visitor = new Visitor(people.base, { from: addressOf(10_000 + turns) });
      try {
        const form = hiddenFields(note(await visitor.get("/login")), "/login");
        return await timed(
          visitor.post("/login", { ...form, email: logins[turns % logins.length]!, password: demoPassword }),
        );
      } finally {
        visitor.close();
      }
    },
    async order() {
      const shop = of("order", people.shops);
      note(await shop.post("/cart/items", { sku: article, quantity: "1" }));
      const page = note(await shop.get("/checkout"));
      const form = { ...hiddenFields(page, "/checkout"), note: "", preorder: "yes" };
      const answer = note(await shop.post("/checkout", form));
      if (answer.status !== 303) throw new Error(`An order was answered ${answer.status}.`);
      return answer.ms;
    },
  };
}

/** Each kind ten times with nobody else there. */
async function askAlone(people: People): Promise<Record<Kind, number[]>> {
  const act = acts(people, {}, (answer) => answer);
  const times = { health: [], login: [], credit: [], products: [], order: [] } as Record<Kind, number[]>;
  for (const kind of Object.keys(sheet) as Kind[])
    for (let i = 0; i < 10; i += 1) {
      times[kind].push(await act[kind]());
    }
  return times;
}

async function run(people: People, { seconds, perSecond }: { seconds: number; perSecond: number }) {
  const times = { health: [], login: [], credit: [], products: [], order: [] } as Record<Kind, number[]>;
  const statuses: number[] = [];
  const act = acts(people, {}, (answer) => {
    statuses.push(answer.status);
    return answer;
  });
  const order = spread();
  const started = performance.now();
  const requests = order.reduce((sum, what) => sum + (requestsOf[what] ?? 1), 0);
  const actsPerSecond = perSecond * (order.length / requests);
  const under: Array<Promise<void>> = [];
  for (let i = 0; i < seconds * actsPerSecond; i += 1) {
    const due = started + (i * 1_000) / actsPerSecond;
    const early = due - performance.now();
    if (early > 0) await pause(early);
    const kind = order[i % order.length]!;
    const late = Math.max(0, performance.now() - due);
    under.push(
      act[kind]().then(
        (ms) => void (kind in sheet && times[kind as Kind].push(ms + late)),
        () => void statuses.push(0),
      ),
    );
  }
  await Promise.all(under);
  return { times, statuses, took: (performance.now() - started) / 1_000 };
}

/** One round of the mix, each kind evenly spread over it. */
function spread(): Array<(typeof mix)[number][0]> {
  const placed = mix.flatMap(([what, share]) =>
    Array.from({ length: share }, (_, i) => ({ what, at: (i + 0.5) / share })),
  );
  return placed.sort((a, b) => a.at - b.at).map(({ what }) => what);
}
