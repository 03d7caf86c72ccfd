import { randomUUID } from "node:crypto";
import { mulberry } from "#tests/support/random.ts";
import { type Answer, together, Visitor } from "../clients.ts";
import type { System } from "../system.ts";
import { type Line, median, milliseconds, quantile } from "../table.ts";

const clients = 20;

/** Leads from one address and from many, and what is no measurement to /api/rum: others go on being served. */
export async function measureFlood(system: System, { leads = 2_000, garbage = 5_000 } = {}): Promise<Line[]> {
  await system.whole();
  return [await floodLeads(system, leads), await floodRum(system, garbage)];
}

async function floodLeads({ admin, stack }: System, leads: number): Promise<Line> {
  const stored = async () => (await admin.query<{ n: number }>("select count(*)::int as n from app.leads")).rows[0]!.n;
  const before = await stored();
  const one = new Visitor(stack.at.app, { from: "127.77.0.1" });
  const { answers, beside, quiet } = await besides(stack.at.app, leads, (index) =>
    one.postJson("/api/leads", lead(index), {
      "idempotency-key": randomUUID(),
    }),
  );
  one.close();
  const taken = (await stored()) - before;
  const accepted = answers.filter(({ status }) => status === 202).length;
  const limited = answers.filter(({ status }) => status === 429).length;
  return {
    what: `${leads} leads from one address at once, others meanwhile: slowest page of 99 in 100`,
    figure:
      `${milliseconds(quantile(beside, 0.99))}; ${accepted} taken, ${limited} turned away, ${taken} stored, ` +
      `${answers.length - accepted - limited} answered otherwise`,
    limit: "<= 2000 ms; taken is stored; the rest 429",
    floor: `${milliseconds(median(quiet))}: the page with nobody else`,
    meets:
      quantile(beside, 0.99) <= 2_000 && accepted === taken && accepted + limited === answers.length && limited > 0,
  };
}

async function floodRum({ stack }: System, garbage: number): Promise<Line> {
  const random = mulberry(5);
  const one = new Visitor(stack.at.app, { from: "127.77.0.2" });
  const { answers, beside, quiet } = await besides(stack.at.app, garbage, () =>
    one.postJson("/api/rum", rubbish(random)),
  );
  one.close();
  const wrong = answers.filter(({ status }) => status >= 500 || status === 0);
  return {
    what: `${garbage} posts of rubbish to /api/rum, others meanwhile: slowest page of 99 in 100`,
    figure: `${milliseconds(quantile(beside, 0.99))}; ${wrong.length} answers of 5xx`,
    limit: "<= 2000 ms, none of 5xx",
    floor: `${milliseconds(median(quiet))}: the page with nobody else`,
    meets: quantile(beside, 0.99) <= 2_000 && wrong.length === 0,
  };
}

/** The flood, and somebody who reads pages before it and beside it. Times in ms. */
async function besides(base: string, count: number, send: (index: number) => Promise<Answer>) {
  const reader = new Visitor(base, { from: "127.77.0.9" });
  const quiet: number[] = [];
  const beside: number[] = [];
  const answers: Answer[] = [];
  try {
    for (let i = 0; i < 10; i += 1) quiet.push((await reader.get("/products")).ms);
    let over = false;
    const reading = (async () => {
      do beside.push((await reader.get("/products")).ms);
      while (!over);
    })();
    await together(clients, count, async (index) => void answers.push(await send(index)));
    over = true;
    await reading;
    return { quiet, beside, answers };
  } finally {
    reader.close();
  }
}

const lead = (index: number) => ({
  business_name: `Salon Uji ${index}`,
  contact_name: "Uji Beban",
  phone_whatsapp: `0812${String(30_000_000 + index)}`,
  city: "Surabaya",
  salon_type: "SALON",
  consent: true,
});

/** What no page of ours sends: no JSON, JSON of other shapes, deep, huge numbers, odd letters. */
function rubbish(random: () => number): string {
  const kinds = [
    () => "{",
    () => "null",
    () => `[${"[".repeat(2_000)}`,
    () => JSON.stringify({ route: "/x".repeat(2_000), vitals: 7 }),
    () => JSON.stringify({ route: "/products", vitals: [{ name: "LCP", value: 1e308 }, { name: "__proto__" }] }),
    () => String.fromCodePoint(...Array.from({ length: 200 }, () => 1 + Math.floor(random() * 0xd000))),
    () => JSON.stringify({ route: "\u0000", vitals: [{ name: "INP", value: -1 }] }),
  ];
  return kinds[Math.floor(random() * kinds.length)]!();
}
