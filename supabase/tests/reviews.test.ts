import { expect, test } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { connect } from "#tests/support/database.ts";
import { rolledBack, plenty, type TestDb } from "#tests/support/rolled-back.ts";
import { ready, make, acted } from "./reviews-support.ts";

async function hire(db: TestDb, n: number) {
  const id = crypto.randomUUID();
  await db.sql.query("insert into auth.users (id, email) values ($1, $2)", [id, `sls-${n}@demo.test`]);
  await db.sql.query("insert into app.accounts (id, code, role, name) values ($1, $2, 'SALESMAN', $3)", [
    id,
    `SLS-${n}`,
    `Salesman ${n}`,
  ]);
  return id;
}

test(
  "the review counts what the month held, ranks stably, and keeps ten",
  rolledBack(async (db) => {
    await plenty(db);
    await acted(db, people.sari, 3);
    await acted(db, people.sari, 2, "2021-02-10 08:00+07", stores.maya);
    // Its last second, Jakarta's time, and just outside on both sides.
    await acted(db, people.sari, 1, "2021-02-28 23:59:59+07");
    await acted(db, people.sari, 1, "2021-03-01 00:00+07");
    await acted(db, people.sari, 1, "2021-01-31 23:59:59+07");
    await acted(db, people.agus, 5);
    for (let n = 801; n <= 810; n += 1) await acted(db, await hire(db, n), 2);
    const placed = async (at: string, total: number) => {
      await db.sql.query(
        `
      insert into app.orders (number, partner_id, placed_by, placed_by_name, acting_session_id, credit_light,
        credit_inputs, tier, market_total, total, checkout_key, cart_digest, created_at)
      select 'ORD-2021-' || lpad(nextval('app.order_numbers')::text, 6, '0'), $1, $2, 'Agus',
        (select id from app.acting_sessions where salesman_id = $2 and started_at < '2021-04-01' limit 1),
             'GREEN', '{}', 'GOLD', $4::bigint, $4::bigint, gen_random_uuid(), 'x', $3`,
        [stores.budi, people.agus, at, total],
      );
    };
    await placed("2021-02-03 10:05+07", 700_000);
    await placed("2021-02-28 23:00+07", 300_000);
    await placed("2021-03-01 00:01+07", 999);
    await db.sql.query(
      `
        insert into app.abuse_hits (salesman_id, at, rule_version, rule, weight, inputs)
          values ($1, '2021-02-04 10:00+07', 1, 'MANY_STORES', 40, '{}'), ($1, '2021-03-04 10:00+07', 1, 'MANY_STORES',
          40, '{}')`,
      [people.agus],
    );
    await db.sql.query(
      `
        insert into app.suspensions (account_id, suspended_at, suspended_by, reason, lift_requested_at,
          lift_requested_by, lift_reason, lifted_at, lifted_by)
          values ($1, '2021-02-05', 'ADM-001', 'Uji coba', now(), 'ADM-001', 'Uji coba', now(), 'ADM-002')`,
      [people.agus],
    );
    await db.sql.query(
      `
        insert into app.disputes (order_id, partner_id, salesman_id, via, was_held, disputed_at) select id, partner_id,
          placed_by, 'LINK', false, '2021-02-20' from app.orders where number like 'ORD-2021-%' and placed_by = $1
          limit 1`,
      [people.agus],
    );

    // January's, in which somebody acted: February's is due in a second.
    expect(await make(db, "2021-03-01 06:59:59+07")).toBe(1);
    expect(await db.value("select count(*)::int from app.review_months where month = '2021-02-01'")).toBe(0);
    expect(await make(db)).toBe(1);
    expect(await make(db)).toBe(0);
    const lines = await db.rows(
      `
        select rank, code, name, impersonations, stores, orders, amount, hits, disputes, suspensions
          from app.salesman_reviews where month = '2021-02-01' order by rank`,
    );
    expect(lines).toHaveLength(10);
    expect(lines[0]).toEqual({
      rank: 1,
      code: "SLS-001",
      name: "Sari",
      impersonations: 6,
      stores: 2,
      orders: 0,
      amount: 0,
      hits: 0,
      disputes: 0,
      suspensions: 0,
    });
    expect(lines[1]).toEqual({
      rank: 2,
      code: "SLS-002",
      name: "Agus",
      impersonations: 5,
      stores: 1,
      orders: 2,
      amount: 1_000_000,
      hits: 1,
      disputes: 1,
      suspensions: 1,
    });
    expect(lines.slice(2).map(({ code }) => code)).toEqual(
      [801, 802, 803, 804, 805, 806, 807, 808].map((n) => `SLS-${n}`),
    ); // A tie: by code.
    expect(
      await db.rows(
        `
          select kind, subject_code, due_at at time zone 'Asia/Jakarta' as due from app.tasks
            where dedup_key = 'review/2021-02'`,
      ),
    ).toEqual([{ kind: "SIGN_REVIEW", subject_code: "2021-02", due: new Date("2021-03-08T23:59:00Z") }]);
    expect(
      await db.rows("select kind, recipient, props from app.mails where dedup_key like 'review/2021-02/%'"),
    ).toEqual([
      {
        kind: "REVIEW_READY",
        recipient: "cio@demo.test",
        props: { month: "2021-02", salesmen: 10, path: "/admin/reviews/2021-02" },
      },
    ]);
  }),
);

test(
  "a working day is Monday to Friday, in Jakarta",
  rolledBack(async (db) => {
    const end = (from: string) =>
      db.value<string>(
        "select to_char(private.end_of_working_day($1, 5) at time zone 'Asia/Jakarta', 'Dy DD HH24:MI')",
        [from],
      );
    expect(await end("2026-12-01 07:00+07")).toBe("Tue 08 23:59");
    expect(await end("2026-11-01 07:00+07")).toBe("Fri 06 23:59"); // A Sunday.
    expect(await end("2026-11-06 23:00+07")).toBe("Fri 13 23:59");
    expect(await end("2026-11-06 18:00+00")).toBe("Fri 13 23:59"); // Already Saturday there.
  }),
);

test(
  "missed months are made up for, a year back at most, and none before the first run",
  rolledBack(async (db) => {
    const months = async () =>
      (await db.rows<{ m: string }>("select to_char(month, 'YYYY-MM') as m from app.review_months order by month")).map(
        ({ m }) => m,
      );
    await acted(db, people.sari, 1, "2020-12-15 10:00+07");
    expect(await make(db)).toBe(0); // Nobody acted in the month before the first run.
    await acted(db, people.sari, 1);
    expect(await make(db)).toBe(1);
    expect(await months()).toEqual(["2021-02"]);
    await acted(db, people.agus, 2, "2021-04-15 10:00+07");
    // March, in which nobody acted, and April: May is not due for another hour.
    expect(await make(db, "2021-06-01 06:00+07")).toBe(2);
    expect(
      await db.rows(
        `
          select to_char(month, 'YYYY-MM') as m, salesmen, done_at is not null as done from app.review_months
            where month > '2021-02-01' order by month`,
      ),
    ).toEqual([
      { m: "2021-03", salesmen: 0, done: true },
      { m: "2021-04", salesmen: 1, done: false },
    ]);
    expect(await db.value("select count(*)::int from app.tasks where dedup_key = 'review/2021-03'")).toBe(0);
    expect(await make(db, "2022-12-10 10:00+07")).toBe(12);
    expect((await months()).slice(3)).toEqual([
      "2021-12",
      ...Array.from({ length: 11 }, (_, n) => `2022-${String(n + 1).padStart(2, "0")}`),
    ]);
  }),
);

test("two workers at once make a month once", async () => {
  const [owner, first, second] = [await connect(), await connect(), await connect()];
  const pid = second.processID;
  /** Both begin; the second comes while the first is at it, which then ends in one way or the other. */
  const meet = async (ending: "commit" | "rollback") => {
    await first.query("begin");
    await second.query("begin");
    for (const client of [first, second]) {
      await client.query(
        `
          insert into app.acting_sessions (salesman_id, partner_id, session_id, reason, started_at, expires_at,
            ended_at, ended_reason) values ($1, $2, gen_random_uuid(), 'kunjungan', '2021-02-03', '2021-02-03 00:30',
            '2021-02-03 00:20', 'BY_HAND')`,
        [people.sari, stores.budi],
      );
    }
    expect((await first.query("select private.make_reviews($1) as n", [ready])).rows).toEqual([{ n: 1 }]);
    const other = second.query<{ n: number }>("select private.make_reviews($1) as n", [ready]);
    while (
      (await owner.query("select from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'", [pid]))
        .rowCount !== 1
    )
      continue;
    await first.query(ending);
    const made = (await other).rows[0]!.n;
    await second.query("rollback");
    return made;
  };
  try {
    expect(await meet("rollback")).toBe(1); // A worker that died left it to the other.
    expect(await meet("commit")).toBe(0);
    expect(
      (await owner.query("select count(*)::int as n from app.salesman_reviews where month = '2021-02-01'")).rows,
    ).toEqual([{ n: 1 }]);
    expect(
      (await owner.query("select count(*)::int as n from app.tasks where dedup_key = 'review/2021-02'")).rows,
    ).toEqual([{ n: 1 }]);
  } finally {
    await Promise.all([first.query("rollback"), second.query("rollback")]);
    await owner.query(`
      alter table app.salesman_reviews disable trigger _110_kept;
      alter table app.review_months disable trigger _100_kept;
      select private.retire('app.salesman_reviews', $$month = '2021-02-01'$$, 'TEST');
        select private.retire('app.review_months', $$month = '2021-02-01'$$, 'TEST');
      alter table app.salesman_reviews enable trigger _110_kept; alter table app.review_months enable trigger _100_kept;
      select private.retire('app.tasks', $$dedup_key = 'review/2021-02'$$, 'TEST');
        select private.retire('app.mails', $$dedup_key like 'review/2021-02/%'$$, 'TEST');
      select private.retire('app.acting_sessions', $$started_at < '2021-03-01'$$, 'TEST')`);
    await Promise.all([owner, first, second].map((client) => client.end()));
  }
});
