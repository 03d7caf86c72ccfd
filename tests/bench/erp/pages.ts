import { setTimeout as pause } from "node:timers/promises";
import { messages } from "#app/words.ts";
import { demoPassword, staff } from "#supabase/seed/people.ts";
import { fillCarts } from "../carts.ts";
import { hiddenFields, textOf, together, Visitor } from "../clients.ts";
import type { Store } from "../system.ts";
import { type Line, milliseconds, quantile } from "../table.ts";
import { type CircuitWatch, watchCircuit } from "./circuit.ts";
import { openErpFixture, type ErpFixture } from "./fixture.ts";
import { clock, type Fault } from "./proxy.ts";

const slowerMs = 20;
const banner = messages("id").ui.banners.degraded.guest;

type Phase = "healthy" | "hanging" | "open";
type Page = { name: string; visit: (n: number) => Promise<number> };
type Samples = Record<Phase, number[]> & { even: number[]; odd: number[] };

/**
 * Pages and checkouts over HTTP at a steady rate while the ERP is well, hangs with the breaker still closed, and hangs
 * with it open: in turns. `settleMs`: afterwards what waited is sent, and both feeds are pulled. `fault`: what it does
 * instead of hanging; of one that answers at once nobody has to see a page before the breaker opens.
 */
export async function measureDegradedPages({
  rounds = 8,
  fault = "hang" as Fault,
  phaseSeconds = 12,
  settleMs = 2_000,
  lookers = 6,
  shoppers = 24,
  perSecond = 20,
  warm = 8,
} = {}): Promise<Line[]> {
  const fixture = await openErpFixture();
  let circuit: CircuitWatch | null = null;
  const visitors: Visitor[] = [];
  try {
    await fixture.supply();
    await fixture.system.need("auth", "web");
    await fixture.worker("worker-1");
    circuit = await watchCircuit(fixture);
    const pages = await openPages(fixture, visitors, { lookers, shoppers });
    for (let n = 0; n < pages.length * warm; n += 1) await pages[n % pages.length]!.visit(n);
    const watch = circuit;
    const samples = new Map<string, Samples>(
      pages.map(({ name }) => [name, { healthy: [], hanging: [], open: [], even: [], odd: [] }]),
    );
    const banners: number[] = [];
    let dead = false;
    let settling = false;
    let round = 0;
    const phase = (): Phase | null =>
      settling ? null : watch.state() === "CLOSED" ? (dead ? "hanging" : "healthy") : dead ? "open" : null;
    const traffic = keepComing(pages, perSecond, (name) => {
      const before = phase();
      return (ms) => {
        if (before === null || before !== phase()) return;
        samples.get(name)![before].push(ms);
        if (before === "healthy") samples.get(name)![round % 2 === 0 ? "even" : "odd"].push(ms);
      };
    });
    const lasts = async (phase: Phase) => {
      await pause(phaseSeconds * 1000);
      // Each page was met at least once, however short the phase and busy the machine.
      const unmet = () => pages.some(({ name }) => samples.get(name)![phase].length === 0);
      for (const end = clock() + 30_000; clock() < end && unmet();) await pause(20);
    };
    for (; round < rounds; round += 1) {
      await lasts("healthy");
      const died = clock();
      dead = true;
      await fixture.proxy.become(fault);
      await circuit.until("OPEN", died, 60_000);
      banners.push((await untilBanner(fixture)) - died);
      await lasts("open");
      settling = true;
      dead = false;
      await fixture.proxy.become("up");
      await circuit.hurryBack();
      await pause(settleMs);
      settling = false;
    }
    const failures = await traffic.stop();
    const all = [...samples.values()];
    const ofAll = (phase: keyof Samples) => all.flatMap((one) => one[phase]);
    const whole: Samples = {
      healthy: ofAll("healthy"),
      hanging: ofAll("hanging"),
      open: ofAll("open"),
      even: ofAll("even"),
      odd: ofAll("odd"),
    };
    if (whole.open.length === 0 || (fault === "hang" && whole.hanging.length === 0))
      throw new Error("No page was answered while the ERP was away.");
    return [
      lineOf(`All of them, ${perSecond}/s`, whole),
      ...pages.map(({ name }) => lineOf(name, samples.get(name)!)),
      {
        what: "From the ERP's death to the banner in a page",
        figure: `worst ${(Math.max(...banners) / 1000).toFixed(1)} s`,
        limit: "<= 15 s",
        floor: "",
        meets: Math.max(...banners) <= 15_000,
      },
      {
        what: "Pages and checkouts that did not answer as they should",
        figure: failures.length === 0 ? "0" : `${failures.length}: ${failures[0]}`,
        limit: "0",
        floor: "",
        meets: failures.length === 0,
      },
    ];
  } finally {
    await circuit?.stop();
    for (const visitor of visitors) visitor.close();
    await fixture.close();
  }
}

function lineOf(name: string, { healthy, hanging, open, even, odd }: Samples): Line {
  const [well, hangs, opened] = [healthy, hanging, open].map((times) => quantile(times, 0.95)) as [
    number,
    number,
    number,
  ];
  const p95 = (times: number[]) => (times.length === 0 ? "none" : milliseconds(quantile(times, 0.95)));
  const turns = odd.length > 0 ? `; every other round alone ${p95(even)}, ${p95(odd)}` : "";
  return {
    what: `${name}: p95 while the ERP hangs, breaker closed / open`,
    figure: `${p95(hanging)} / ${p95(open)} (${hanging.length} / ${open.length} times)`,
    limit: `<= ${milliseconds(well + slowerMs)} (+${slowerMs} ms)`,
    floor: `healthy ${milliseconds(well)} (${healthy.length} times${turns})`,
    meets: hangs <= well + slowerMs && opened <= well + slowerMs,
  };
}

/**
 * Requests leave when their time has come, whether or not earlier ones are answered; a time counts from that moment.
 */
function keepComing(pages: Page[], perSecond: number, begin: (name: string) => (ms: number) => void) {
  let stopped = false;
  const failures: string[] = [];
  const running: Promise<void>[] = [];
  const sending = (async () => {
    const started = performance.now();
    for (let n = 0; !stopped; n += 1) {
      const due = started + (n * 1000) / perSecond;
      await pause(Math.max(0, due - performance.now()));
      // Another order in each turn, so that no page always follows the same one.
      const { name, visit } = pages[(n * 7 + Math.floor(n / pages.length)) % pages.length]!;
      const end = begin(name);
      const late = performance.now() - due;
      running.push(
        visit(n).then(
          (ms) => end(late + ms),
          (error: unknown) => void failures.push(`${name}: ${(error as Error).message}`),
        ),
      );
    }
  })();
  return {
    async stop() {
      stopped = true;
      await sending;
      await Promise.all(running);
      return failures;
    },
  };
}

/**
 * Each page as those who use it, signed in. A store buys and looks; carts of lookers stay full, those of buyers are
 * filled again.
 */
async function openPages(
  fixture: ErpFixture,
  visitors: Visitor[],
  crowd: { lookers: number; shoppers: number },
): Promise<Page[]> {
  const { system, ask } = fixture;
  const open = async (email?: string) => {
    const visitor = new Visitor(system.stack.at.app);
    visitors.push(visitor);
    if (email) await visitor.signIn(email, demoPassword);
    return visitor;
  };
  const [article] = await ask<{ sku: string }>("select sku from app.products where active order by id limit 1");
  const known = await ask<{ partner_id: string; number: string }>(
    "select partner_id, max(number) as number from app.orders group by 1",
  );
  const lookers = system.stores
    .filter(({ partnerId }) => known.some(({ partner_id }) => partner_id === partnerId))
    .slice(0, crowd.lookers);
  const buyers = system.stores.filter((store) => !lookers.includes(store)).slice(0, crowd.shoppers);
  const numberOf = ({ partnerId }: Store) => known.find(({ partner_id }) => partner_id === partnerId)!.number;
  const guest = await open();
  const admin = await open(staff.find(({ role }) => role === "ADMIN")!.email);
  const looking: Visitor[] = [];
  const buying: Visitor[] = [];
  await together(2, lookers.length, async (i) => void (looking[i] = await open(lookers[i]!.email)));
  await together(2, buyers.length, async (i) => void (buying[i] = await open(buyers[i]!.email)));
  await fillCarts(system, [...lookers, ...buyers], 5_000);
  const newest = known
    .map(({ number }) => number)
    .sort()
    .at(-1)!;

  const read = async (visitor: Visitor, path: string) => {
    const { status, ms } = await visitor.get(path);
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    return ms;
  };
  const store = (name: string, path: (store: Store) => string): Page => ({
    name,
    visit: (n) => read(looking[n % looking.length]!, path(lookers[n % lookers.length]!)),
  });
  const plain =
    (visitor: Visitor, who: string) =>
    (path: string): Page => ({
      name: `${who} ${path.replace(newest, ":number").replace(article!.sku, ":sku")}`,
      visit: () => read(visitor, path),
    });
  return [
    store("store /products", () => "/products"),
    store("store /products/:sku", () => `/products/${article!.sku}`),
    store("store /cart", () => "/cart"),
    store("store /checkout", () => "/checkout"),
    store("store /orders", () => "/orders"),
    store("store /orders/:number", (looker) => `/orders/${numberOf(looker)}`),
    store("store /dashboard", () => "/dashboard"),
    checkouts(fixture, buyers, buying),
    ...["/login", "/products", `/products/${article!.sku}`].map(plain(guest, "guest")),
    ...["/admin", "/admin/orders", `/admin/orders/${newest}`, "/admin/approvals", "/admin/reconcile", "/admin/erp"].map(
      plain(admin, "admins"),
    ),
  ];
}

/** The form is fetched before, its sending is timed, and the cart is filled again behind it. */
function checkouts({ system }: ErpFixture, stores: Store[], visitors: Visitor[]): Page {
  let turn = 0;
  return {
    name: "store POST /checkout",
    async visit() {
      const mine = turn++;
      const [shop, visitor] = [stores[mine % stores.length]!, visitors[mine % stores.length]!];
      const fields = hiddenFields(await visitor.get("/checkout"), "/checkout");
      const { status, headers, ms } = await visitor.post("/checkout", { ...fields, note: "", preorder: "yes" });
      if (!/^\/orders\/ORD-/.test(headers.location ?? ""))
        throw new Error(`a checkout answered ${status} ${headers.location ?? ""}`);
      await fillCarts(system, [shop], 6_000 + mine);
      return ms;
    },
  };
}

/** The next request of a page that is open shows it; asked a few times a second. */
async function untilBanner({ system }: ErpFixture): Promise<number> {
  const guest = new Visitor(system.stack.at.app);
  try {
    for (const end = clock() + 30_000; clock() < end; await pause(100)) {
      if (textOf(await guest.get("/products")).includes(banner)) return clock();
    }
    return Infinity;
  } finally {
    guest.close();
  }
}
