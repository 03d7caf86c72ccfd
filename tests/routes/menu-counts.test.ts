import { beforeAll, expect, test } from "vitest";
import { findViewer } from "#app/accounts/viewer.server.ts";
import { keysOf } from "#app/ui/keys.ts";
import { messages } from "#app/words.ts";
import { rahayu, submit } from "#supabase/tests/leads-support.ts";
import { doEverything } from "#supabase/tests/every-act.ts";
import { orderFor } from "#supabase/tests/trail.ts";
import { people, stores } from "#tests/support/cast.ts";
import { plenty, TestDb } from "#tests/support/rolled-back.ts";
import { read, signedIn } from "#tests/support/signed-in.ts";
import { pageFor, servedApp } from "#tests/support/site.ts";

const { owner, persons } = signedIn("admin", "auditor", "budi", "sari");
const site = servedApp();
const t = messages("id").ui.nav;
type Who = keyof typeof persons;

/** The entries of the menu, with what screen readers say and what is seen beside them. */
async function menu(who: Who, path = "/admin") {
  const page = await pageFor(site, persons[who], path);
  const nav = /<nav class="nav[^]*?<\/nav>/.exec(page)![0];
  return Object.fromEntries(
    [...nav.matchAll(/<a href="([^"?]*)[^>]*>(.*?)<\/a>|<summary[^>]*>(.*?)<\/summary>/gs)].map(
      ([, href = "more", link, summary]) => {
        const html = (link ?? summary!).replaceAll("<!-- -->", "");
        return [
          href.replace("/admin/", ""),
          [/class="hidden">, ([^<]*)</.exec(html)?.[1], /aria-hidden="true">([^<]*)<\/span>/.exec(html)?.[1]],
        ];
      },
    ),
  );
}

// Of each kind something waits, and something does not: it was done, or it is not for this list.
beforeAll(async () => {
  await owner.query("begin");
  const db = new TestDb(owner);
  await doEverything(db);
  const [sku] = await plenty(db);
  const shadow = await orderFor(db, people.sari, "PTR-0001", sku!);
  await db.as(people.budi, () => db.rows("select app.dispute_order($1, 'bukan saya')", [shadow]));
  await db.rows(
    `
    insert into app.reconcile_results (order_id, result, assumed, erp, difference)
    select id, case when row_number() over (order by id desc) = 1 then 'SHORT' else 'CONFIRMED' end, '{}', '{}', '{}'
      from app.orders o where not exists (select from app.reconcile_results r where r.order_id = o.id)
     order by id desc limit 2`,
  );
  for (const code of ["SLS-002", "PTR-0002"])
    await db.as(people.admin, () => db.rows("select app.suspend_account($1, 'dipakai orang lain')", [code]));
  await db.as(people.admin, () => db.rows("select app.request_lift('SLS-002', 'sudah diganti')"));
  await db.rows(
    `
    insert into app.tasks (kind, dedup_key, subject_code, due_at)
    values ('PHONE_OWNER', 'menu/1', null, now()), ('PHONE_OWNER', 'menu/2', null, now()),
           ('REVIEW_SALESMAN', 'menu/3', 'SLS-001', now())`,
  );
  const phoned = await db.value<number>("select id from app.tasks where dedup_key = 'menu/1'");
  await db.as(people.admin, () => db.rows("select app.close_task($1, 'sudah ditelepon')", [phoned]));
  // A month of two reviews, of which one is signed.
  await db.rows(
    `
    insert into app.acting_sessions (salesman_id, partner_id, session_id, reason, started_at, expires_at, ended_at,
      ended_reason)
    select salesman, $2, gen_random_uuid(), 'kunjungan toko', '2021-03-15 10:00+07', '2021-03-15 11:00+07',
      '2021-03-15 10:30+07', 'BY_HAND' from unnest($1::uuid[]) salesman`,
    [[people.sari, people.agus], stores.budi],
  );
  await db.rows("select private.make_reviews('2021-04-01 10:00+07')");
  await db.as(people.auditor, () => db.rows("select app.sign_review('2021-03-01', 'SLS-001', 'WATCH', 'dilihat')"));
  await submit(db);
  await submit(db, { ...rahayu, phone_whatsapp: "6281377770009", email: "dibatasi@contoh.id" });
  await db.rows("select private.restrict_lead(l) from app.leads l where email = 'dibatasi@contoh.id'");
  await db.rows("select private.open_incident(3, 'TESTED', 'menu', 'SLS-001', '{}')");
  await db.rows(
    `
    insert into app.orders (number, partner_id, placed_by, placed_by_name, credit_light, credit_inputs, tier,
      market_total, total, checkout_key, cart_digest)
    values ('ORD-2018-000001', $1, $2, 'Budi', 'AMBER', '{"reason": "NO_DATA"}', 'GOLD', 9000, 9000,
      gen_random_uuid(), 'x')`,
    [stores.budi, people.budi],
  );
  await db.rows("select private.audit('ORDER_PLACED', 'order', 'ORD-2018-000001')");
  await owner.query("commit");
});

const number = async (sql: string) => (await owner.query<{ n: number }>(`select count(*)::int as n ${sql}`)).rows[0]!.n;
const shown = (n: number) => (n === 0 ? [undefined, undefined] : [t.waiting(String(n)), String(n)]);

test("each entry says how much waits behind it, the one of the others how much is behind them together", async () => {
  const lists = {
    orders: ["app.orders", "status = 'SUBMITTED'"],
    approvals: ["app.orders", "credit_light = 'AMBER' and status in ('SUBMITTED', 'PROCESSING')"],
    reconcile: ["app.reconcile_results", "resolved_at is null and result <> 'CONFIRMED'"],
    tasks: ["app.tasks", "done_at is null"],
    incidents: ["app.incidents", "state <> 'CLOSED'"],
    disputes: ["app.disputes", "outcome is null"],
    alerts: ["app.tasks", "kind = 'PHONE_OWNER' and done_at is null"],
    accounts: ["app.suspensions", "lifted_at is null and lift_requested_at is not null"],
    leads: ["app.leads", "state = 'NEW' and restricted_at is null"],
  } as const;
  const admins = await menu("admin", "/admin/settings");
  const waiting = {} as Record<keyof typeof lists, number>;
  for (const list of keysOf(lists)) {
    const [table, where] = lists[list];
    waiting[list] = await number(`from ${table} where ${where}`);
    expect([list, admins[list]]).toEqual([list, shown(waiting[list])]);
    // The control: each part of the question leaves something out.
    expect([list, waiting[list] > 0]).toEqual([list, true]);
    for (const part of where.split(" and ")) {
      const without = where.split(" and ").filter((other) => other !== part);
      const more = await number(`from ${table} where ${["true", ...without].join(" and ")}`);
      expect([list, part, more > waiting[list]]).toEqual([list, part, true]);
    }
  }
  expect(admins.cases, "nothing waits in a case").toEqual([undefined, undefined]);
  const { approvals, reconcile, disputes, alerts, accounts, leads } = waiting;
  expect(admins.more).toEqual(shown(approvals + reconcile + disputes + alerts + accounts + leads));
});

test("reviews wait for auditors, who sign them; stores and salesmen are told of none of it", async () => {
  const unsigned = await number("from app.salesman_reviews where decision is null");
  expect(unsigned).toBeGreaterThan(0);
  expect((await menu("auditor", "/admin/reviews")).reviews).toEqual(shown(unsigned));
  expect((await menu("admin", "/admin/reviews")).reviews).toEqual(shown(0));
  for (const who of ["budi", "sari"] as const) {
    expect((await read(persons[who], findViewer)).work).toBeNull();
    expect(JSON.stringify(await menu(who, "/dashboard"))).not.toContain(t.waiting(""));
  }
});

test("more than ninety-nine are «99+», for eyes and for ears", async () => {
  await owner.query(
    `
    insert into app.tasks (kind, dedup_key, subject_code, due_at)
    select 'REVIEW_SALESMAN', 'menu/many/' || n, 'SLS-001', now() from generate_series(1, 120) n`,
  );
  expect((await menu("admin")).tasks).toEqual([t.waiting("99+"), "99+"]);
  expect((await menu("admin")).more![1]).not.toBe("99+");
});
