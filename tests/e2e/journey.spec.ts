import { expect, test } from "@playwright/test";
import pg from "pg";
import { openOrderJourney } from "#jobs/journey/order.ts";
import { tryLead } from "#jobs/journey/lead.ts";
import { demoPassword } from "#supabase/seed/people.ts";
import { writeJourney } from "#supabase/seed/write-journey.ts";
import { findStack } from "#tests/support/worker-stack.ts";

findStack();
const email = "cek@demo.test";
/** A store without a region cannot order. */
const move = (region: string) => `begin; select private.audit('STORE_CHANGED', 'partner', 'PTR-0000');
  update app.partners set region_code = ${region} where code = 'PTR-0000'; commit`;

test("the journey goes through the real site, writes no order, and is red when the checkout is broken", async () => {
  const owner = new pg.Client({ connectionString: process.env.ADMIN_DATABASE_URL });
  await owner.connect();
  const value = async (text: string) => (await owner.query<{ v: unknown }>(text)).rows[0]?.v;
  try {
    await writeJourney(process.env.ADMIN_DATABASE_URL!, email);
    const site = process.env.BASE_URL!;
    const journey = openOrderJourney(site, { email, password: demoPassword });
    const orders = "select count(*) || ' ' || (select last_value from app.order_numbers) as v from app.orders";
    const logins = `select count(*)::int as v from auth.sessions s join auth.users u on u.id = s.user_id
      where u.email = '${email}'`;
    const before = await value(orders);
    for (let time = 0; time < 3; time += 1) expect(await journey()).toEqual({ ok: true, step: "SEND", status: 303 });
    expect(await value(orders)).toBe(before);
    // One login for all of ours, and one of the worker's, which tries too.
    expect(await value(logins)).toBeLessThanOrEqual(2);

    await owner.query(move("null"));
    expect(await journey()).toMatchObject({ ok: false, step: "SEND" });
    await owner.query(move("(select min(code) from app.regions)"));
    expect(await journey()).toMatchObject({ ok: true });

    const wrong = openOrderJourney(site, { email, password: "salah-sama-sekali" });
    expect(await wrong()).toMatchObject({ ok: false, step: "SIGN_IN", status: 401 });
    expect(await wrong()).toBeNull();
  } finally {
    await owner.end();
  }
});

test("a lead is tried by whoever has the secret, and is stored for nobody else's sake", async () => {
  const owner = new pg.Client({ connectionString: process.env.ADMIN_DATABASE_URL });
  await owner.connect();
  const count = async () =>
    Number((await owner.query<{ n: string }>("select count(*) as n from app.leads")).rows[0]!.n);
  try {
    const before = await count();
    expect(await tryLead(process.env.BASE_URL!, process.env.UPTIME_SECRET!)).toEqual({ ok: true, status: 202 });
    expect(await count()).toBe(before);
    expect(await tryLead(process.env.BASE_URL!, "another")).toEqual({ ok: true, status: 202 });
    expect(await count()).toBe(before + 1);
  } finally {
    await owner.end();
  }
});
