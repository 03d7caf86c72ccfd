import type pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { connect, openLogin, seededDatabase, valueOf } from "#tests/support/database.ts";
import { people, stores } from "#tests/support/cast.ts";
import { reasonOf } from "#tests/support/rolled-back.ts";
import { several } from "#supabase/local/several.ts";

// Committed, by 50 connections at once, on a database of its own: what is written here is never taken back.
const crowd = 50;
const database = seededDatabase();
let owner: pg.Client;
let clients: pg.Client[] = [];
/** As many salesmen who look after Budi, each with a login and a connection. */
const salesmen: Array<{ client: pg.Client; user: string; session: string }> = [];

beforeAll(async () => {
  owner = await connect(database.adminUrl);
  clients = await Promise.all(Array.from({ length: crowd }, () => connect(database.adminUrl)));
  await owner.query("update app.feeds set as_of = now(), snapshot_id = coalesce(snapshot_id, 1)");
  await owner.query("update app.product_stock set quantity = 1000000, buffer = 0, held = 0");
  await owner.query("update app.prices set volume_minimum = null, volume_price = null");
  for (const [n, client] of clients.entries()) {
    const user = await hire(n);
    salesmen.push({ client, user, session: await login(user) });
  }
});

const one = <T>(text: string, values?: unknown[]) => valueOf<T>(owner, text, values);

const login = (user: string) => openLogin(owner, user);

/** One transaction of a person (null: a guest); the reason where it was refused. */
async function act(
  client: pg.Client,
  user: string | null,
  session: string,
  work: (client: pg.Client) => Promise<unknown>,
): Promise<string> {
  await client.query("begin");
  try {
    await client.query(
      `
        select set_config('request.jwt.claim.sub', $1, true), set_config('request.jwt.claim.session_id', $2, true),
          set_config('role', $3, true)`,
      [user ?? "", user ? session : "", user ? "authenticated" : "anon"],
    );
    await work(client);
    await client.query("commit");
    return "done";
  } catch (error) {
    await client.query("rollback");
    return reasonOf(error);
  }
}

/** One more salesman who looks after Budi. */
async function hire(n: number): Promise<string> {
  const id = crypto.randomUUID();
  await owner.query(
    `
      insert into auth.users (id, aud, role, email, is_sso_user, is_anonymous, created_at, updated_at)
        values ($1, 'authenticated', 'authenticated', $2, false, false, now(), now())`,
    [id, `sales-${n}@demo.test`],
  );
  await owner.query("insert into app.accounts (id, code, role, name) values ($1, $2, 'SALESMAN', $2)", [
    id,
    `SLS-${900 + n}`,
  ]);
  await owner.query("insert into app.assignments (salesman_id, partner_id) values ($1, $2)", [id, stores.budi]);
  return id;
}

/** A copy of a shadow order with its alert and its row in the trail, by hand. */
async function insertRaw(client: pg.Client, template: number, total: number): Promise<string> {
  const number = `ORD-2026-${100_000_000 + Math.floor(Math.random() * 899_999_999)}`;
  await client.query("begin");
  try {
    const {
      rows: [made],
    } = await client.query<{ id: number }>(
      `
      insert into app.orders (number, partner_id, placed_by, placed_by_name, acting_session_id, credit_light,
        credit_inputs, tier, market_total, total, checkout_key, cart_digest)
      select $1, partner_id, placed_by, placed_by_name, acting_session_id, credit_light, credit_inputs, tier,
        market_total, $2::bigint, gen_random_uuid(), cart_digest
        from app.orders where id = $3 returning id`,
      [number, total, template],
    );
    await client.query("insert into app.shadow_alerts (order_id, recipient) values ($1, 'budi@demo.test')", [made!.id]);
    await client.query("select private.audit('ORDER_PLACED', 'order', $1)", [number]);
    await client.query("commit");
    return "done";
  } catch (error) {
    await client.query("rollback");
    return reasonOf(error);
  }
}

const tally = (answers: string[]) =>
  Object.fromEntries(
    [...new Set(answers)].sort().map((answer) => [answer, answers.filter((other) => other === answer).length]),
  );
const sku = () => one<string>("select sku from app.products where active order by id limit 1");
const everybody = async (work: (client: pg.Client) => Promise<unknown>) =>
  tally(await Promise.all(salesmen.map(({ client, user, session }) => act(client, user, session, work))));
const begin = (client: pg.Client) => client.query("select app.begin_acting('PTR-0001', 'kunjungan toko')");
const fill = (article: string) => (client: pg.Client) =>
  client.query("select app.put_in_cart($1, 1, 'set')", [article]);
const place = (client: pg.Client) => client.query("select app.place_order(gen_random_uuid(), null, '', false)");
const order = (article: string) => async (client: pg.Client) => {
  await fill(article)(client);
  await place(client);
};

/** An order that Sari placed for Budi, approved, and the link in its owner's mail. */
async function shadowOrder(session: string) {
  expect(await act(clients[0]!, people.sari, session, order(await sku()))).toBe("done");
  const id = await one<number>("select max(id) from app.orders");
  const number = await one<string>("select number from app.orders where id = $1", [id]);
  const admin = await login(people.admin);
  expect(
    await act(clients[0]!, people.admin, admin, (client) =>
      client.query("select app.move_order($1, 'APPROVED', '')", [number]),
    ),
  ).toBe("done");
  return { id, number, admin, token: await one<string>("select private.dispute_token($1)", [id]) };
}

test("50 salesmen who check out at once never go above the store's cap; without one all go through", async () => {
  const article = await sku();
  const price = await one<number>(
    "select price from app.prices r join app.products p on p.id = r.product_id where p.sku = $1 and tier = 'GOLD'",
    [article],
  );
  const used = () => one<number>("select private.shadow_used($1)", [stores.budi]);
  const budi = await login(people.budi);
  const setCap = (cap: number | null) =>
    act(clients[0]!, people.budi, budi, (client) => client.query("select app.set_shadow_consent(true, $1)", [cap]));
  expect(await everybody(begin)).toEqual({ done: crowd });
  expect(await everybody(fill(article))).toEqual({ done: crowd });

  const before = await used();
  expect(await setCap(before + 7 * price + price / 2)).toBe("done");
  expect(await everybody(place)).toEqual({ CAP_REACHED: crowd - 7, done: 7 });
  expect(await used()).toBe(before + 7 * price);
  expect(await setCap(null)).toBe("done");
  // Control: nothing but the cap was in the way.
  expect(await everybody(place)).toEqual({ EMPTY_CART: 7, done: crowd - 7 });

  // The same as the owner of the tables, who passes every command by.
  const template = await one<number>("select max(id) from app.orders where acting_session_id is not null");
  const writeRaw = async () => tally(await Promise.all(clients.map((client) => insertRaw(client, template, price))));
  const start = await used();
  expect(await setCap(start + 7 * price + price / 2)).toBe("done");
  expect(await writeRaw()).toEqual({ CAP_REACHED: crowd - 7, done: 7 });
  expect(await used()).toBe(start + 7 * price);
  expect(await setCap(null)).toBe("done");
  expect(await writeRaw()).toEqual({ done: crowd });
});

test("an owner who switches off while 49 checkouts run: each is in before or refused, none comes after", async () => {
  const article = await sku();
  const budi = await login(people.budi);
  const orders = () =>
    one<number>("select count(*)::int from app.orders where partner_id = $1 and acting_session_id is not null", [
      stores.budi,
    ]);
  const outcomes: string[] = [];
  for (let round = 0; round < 5; round += 1) {
    await owner.query(
      "update app.acting_sessions set ended_at = now(), ended_reason = 'BY_HAND' where ended_at is null",
    );
    expect(await everybody(begin)).toEqual({ done: crowd });
    expect(await everybody(fill(article))).toEqual({ done: crowd });
    const before = await orders();
    let seen = -1;
    const answers = await Promise.all(
      salesmen.map(async ({ client, user, session }, n) => {
        if (n !== crowd / 2) return act(client, user, session, place);
        expect(
          await act(client, people.budi, budi, (mine) => mine.query("select app.set_shadow_consent(false, null)")),
        ).toBe("done");
        seen = await orders();
        return "off";
      }),
    );
    const { done = 0, DENIED: denied = 0, off } = tally(answers);
    expect([done + denied, off]).toEqual([crowd - 1, 1]);
    expect([seen, await orders()]).toEqual([before + done, before + done]);
    expect(
      await one("select count(*)::int from app.acting_sessions where partner_id = $1 and ended_at is null", [
        stores.budi,
      ]),
    ).toBe(0);
    outcomes.push(...answers);
    expect(
      await act(clients[0]!, people.budi, budi, (mine) => mine.query("select app.set_shadow_consent(true, null)")),
    ).toBe("done");
  }
  expect(Object.keys(tally(outcomes))).toEqual(["DENIED", "done", "off"]); // Some were in before, some came too late.
});

test("50 people press «bukan saya» at once: one dispute, one incident, one mail each", async () => {
  const session = await login(people.sari);
  await owner.query("update app.acting_sessions set ended_at = now(), ended_reason = 'BY_HAND' where ended_at is null");
  expect(await act(clients[0]!, people.sari, session, begin)).toBe("done");
  const { id, number, token } = await shadowOrder(session);
  expect(
    tally(
      await Promise.all(
        clients.map((client) =>
          act(client, null, "", (guest) => guest.query("select app.dispute_by_link($1, '')", [token])),
        ),
      ),
    ),
  ).toEqual({ done: crowd });
  const count = (text: string) => one<number>(text, [id]);
  expect(await count("select count(*)::int from app.disputes where order_id = $1")).toBe(1);
  expect(
    await count(
      "select count(*)::int from app.order_events where order_id = $1 and kind in ('OWNER_DISPUTED', 'HELD')",
    ),
  ).toBe(2);
  expect(await count("select count(*)::int from app.order_holds where order_id = $1")).toBe(1);
  expect(
    await count(
      "select repeats from app.incidents i join app.disputes d on d.incident_id = i.id where d.order_id = $1",
    ),
  ).toBe(0);
  expect(
    await one("select count(*)::int from app.audit_events where action = 'ORDER_DISPUTED' and entity_key = $1", [
      number,
    ]),
  ).toBe(1);
  expect(await one("select count(*)::int from app.mails where dedup_key = $1", [`dispute-received/${number}`])).toBe(1);

  // Two orders of one salesman, each in its own hands, at the same moment: they count one another, whichever came
  // first.
  const [first, second] = [await shadowOrder(session), await shadowOrder(session)];
  await owner.query("update app.disputes set disputed_at = now() - interval '2 days'");
  await owner.query(
    "update app.incidents set state = 'RESOLVED', resolved_at = now(), resolved_by = 'ADM-001' where state <> 'CLOSED'",
  );
  await owner.query("update app.incidents set state = 'CLOSED', closed_at = now()");
  expect(
    await Promise.all(
      [first, second].map(({ token: link }, n) =>
        act(clients[n]!, null, "", (guest) => guest.query("select app.dispute_by_link($1, '')", [link])),
      ),
    ),
  ).toEqual(["done", "done"]);
  expect(
    (
      await owner.query(
        "select severity, repeats from app.incidents where state <> 'CLOSED' and cause = 'OWNER_DISPUTE'",
      )
    ).rows,
  ).toEqual([{ severity: 2, repeats: 1 }]);
  // Three owners' words are a review at once, one however many came together.
  expect(
    await one(
      `
        select count(*)::int from app.tasks
          where kind = 'REVIEW_SALESMAN' and subject_code = 'SLS-001' and done_at is null`,
    ),
  ).toBe(1);
});

test("«bukan saya» and a shipment at the same moment, 40 times: it is held, or has shipped and says so", async () => {
  const session = await login(people.sari);
  await owner.query("update app.acting_sessions set ended_at = now(), ended_reason = 'BY_HAND' where ended_at is null");
  expect(await act(clients[0]!, people.sari, session, begin)).toBe("done");
  const outcomes: string[] = [];
  for (let n = 0; n < 40; n += 1) {
    const { id, number, admin, token } = await shadowOrder(session);
    const ship = () =>
      act(clients[1]!, people.admin, admin, (client) =>
        client.query("select app.move_order($1, 'SHIPPED', '')", [number]),
      );
    const dispute = () =>
      act(clients[2]!, null, "", (client) => client.query("select app.dispute_by_link($1, '')", [token]));
    const [shipped, disputed] =
      n % 2 === 0
        ? await Promise.all([ship(), dispute()])
        : several(2, (await Promise.all([dispute(), ship()])).reverse());
    expect(disputed).toBe("done");
    const {
      rows: [row],
    } = await owner.query<{ status: string; held: boolean; was_held: boolean }>(
      "select o.status, o.held, d.was_held from app.orders o join app.disputes d on d.order_id = o.id where o.id = $1",
      [id],
    );
    outcomes.push(`${shipped} ${row!.status} ${row!.held} ${row!.was_held}`);
  }
  expect(
    Object.keys(tally(outcomes)).filter(
      (outcome) => !["STALE APPROVED true true", "done SHIPPED false false"].includes(outcome),
    ),
  ).toEqual([]);
});
