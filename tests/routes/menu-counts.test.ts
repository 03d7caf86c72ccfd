import { beforeAll, expect, test } from "vitest";
import { findViewer } from "#app/accounts/viewer.server.ts";
import { messages } from "#app/words.ts";
import { people, stores } from "#tests/support/cast.ts";
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

// Owners to phone, a salesman to look at, an incident, a month of reviews, an order that waits for its credit.
beforeAll(async () => {
  await owner.query(
    `
    insert into app.tasks (kind, dedup_key, subject_code, due_at)
    values ('PHONE_OWNER', 'menu/1', null, now()), ('PHONE_OWNER', 'menu/2', null, now()),
           ('REVIEW_SALESMAN', 'menu/3', 'SLS-001', now())`,
  );
  await owner.query("select private.open_incident(3, 'TESTED', 'menu', 'SLS-001', '{}')");
  await owner.query(
    `
    insert into app.acting_sessions (salesman_id, partner_id, session_id, reason, started_at, expires_at, ended_at,
      ended_reason)
    values ($1, $2, gen_random_uuid(), 'kunjungan toko', '2021-02-15 10:00+07', '2021-02-15 11:00+07',
      '2021-02-15 10:30+07', 'BY_HAND')`,
    [people.sari, stores.budi],
  );
  await owner.query("select private.make_reviews('2021-03-01 10:00+07')");
  await owner.query("begin");
  await owner.query(
    `
    insert into app.orders (number, partner_id, placed_by, placed_by_name, credit_light, credit_inputs, tier,
      market_total, total, checkout_key, cart_digest)
    values ('ORD-2018-000001', $1, $2, 'Budi', 'AMBER', '{"reason": "NO_DATA"}', 'GOLD', 9000, 9000,
      gen_random_uuid(), 'x')`,
    [stores.budi, people.budi],
  );
  await owner.query("select private.audit('ORDER_PLACED', 'order', 'ORD-2018-000001')");
  await owner.query("commit");
});

const number = async (sql: string) => (await owner.query<{ n: number }>(`select count(*)::int as n ${sql}`)).rows[0]!.n;
const shown = (n: number) => (n === 0 ? [undefined, undefined] : [t.waiting(String(n)), String(n)]);

test("each entry says how much waits behind it, the one of the others how much is behind them together", async () => {
  const waiting = {
    approvals: await number("from app.orders where credit_light = 'AMBER' and status in ('SUBMITTED', 'PROCESSING')"),
    reconcile: await number("from app.reconcile_results where resolved_at is null and result <> 'CONFIRMED'"),
    tasks: await number("from app.tasks where done_at is null"),
    incidents: await number("from app.incidents where state <> 'CLOSED'"),
    disputes: await number("from app.disputes where outcome is null"),
    alerts: await number("from app.tasks where kind = 'PHONE_OWNER' and done_at is null"),
    accounts: await number("from app.suspensions where lifted_at is null and lift_requested_at is not null"),
  };
  const orders = await number("from app.orders where status = 'SUBMITTED'");
  const admins = await menu("admin", "/admin/settings");
  for (const [list, n] of Object.entries(waiting)) expect([list, admins[list]]).toEqual([list, shown(n)]);
  expect(Object.values(waiting).filter((n) => n > 0).length, "control: something waits").toBeGreaterThan(2);
  expect(admins.orders).toEqual(shown(orders));
  expect(admins.cases, "nothing waits in a case").toEqual([undefined, undefined]);
  const { approvals, reconcile, disputes, alerts, accounts } = waiting;
  expect(admins.more).toEqual(shown(approvals + reconcile + disputes + alerts + accounts));
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
