import { expect, test } from "vitest";
import { abuseInputs } from "#app/abuse/abuse.ts";
import { beat, openBeat, type Beat } from "./detection-support.ts";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty } from "#tests/support/rolled-back.ts";

const status = (b: Beat) => b.db.value<string>("select status from app.accounts where id = $1", [people.sari]);
const reviews = (b: Beat) =>
  b.db.rows(
    `
      select kind, done_at is null as open, incident_id is not null as tied from app.tasks
        where subject_code = 'SLS-001' and kind = 'REVIEW_SALESMAN' order by id`,
  );
const incidents = (b: Beat) =>
  b.db.rows(
    "select severity, state from app.incidents where subject_code = 'SLS-001' and cause = 'ABUSE_SCORE' order by id",
  );
const mails = (b: Beat) => b.db.value<number>("select count(*)::int from app.mails where kind = 'SALESMAN_FLAGGED'");
const close = (b: Beat) =>
  b.db.sql.query(
    `
      update app.tasks set done_at = clock_timestamp(), done_by = 'ADM-001', note = 'no abuse'
        where subject_code = 'SLS-001' and done_at is null`,
  );

test(
  "below the line nothing; from it on one review, one incident and one mail to each admin, however often one looks",
  beat(async (b) => {
    await b.sign("SAME_BASKET", "ORDER_VALUE");
    await b.sweep();
    expect([await reviews(b), await incidents(b), await mails(b)]).toEqual([[], [], 0]);
    await b.sign("IMPLAUSIBLE_TRAVEL");
    for (const _ of [1, 2]) await b.sweep();
    expect(await b.scoreNow()).toMatchObject({ score: 60, signals: 2 });
    expect(await reviews(b)).toEqual([{ kind: "REVIEW_SALESMAN", open: true, tied: true }]);
    expect(await incidents(b)).toEqual([{ severity: 3, state: "DETECTED" }]);
    expect(await mails(b)).toBe(2);
    expect(await b.db.value("select props from app.mails where kind = 'SALESMAN_FLAGGED' limit 1")).toMatchObject({
      code: "SLS-001",
      score: 60,
      severity: 3,
      path: "/admin/cases/SLS-001",
    });
    expect(await status(b)).toBe("ACTIVE");
  }),
);

test(
  "a rule counts once, however often it fired, and no longer than its time",
  beat(async (b) => {
    await b.sign("STORES_PER_HOUR", "STORES_PER_HOUR", "STORES_PER_HOUR");
    expect(await b.scoreNow()).toMatchObject({ score: 40, rules: [{ rule: "STORES_PER_HOUR", hits: 3 }] });
    const later = (interval: string) =>
      b.db.value("select (private.abuse_score($1, now() + $2::interval) ->> 'score')::int", [people.sari, interval]);
    expect(await later("2 days 23 hours")).toBe(40);
    expect(await later("3 days")).toBe(0);
  }),
);

test(
  "places never suspend anybody, whatever they weigh",
  beat(async (b) => {
    await b.db.sql.query(`insert into app.abuse_rules (version, rule, weight, geographic, decides, counts_for)
    values (2, 'IMPLAUSIBLE_TRAVEL', 90, true, false, '7 days'), (2, 'FAR_ADDRESS', 90, true, false, '7 days')`);
    expect(
      await b.refused(
        `
          insert into app.abuse_rules (version, rule, weight, geographic, decides, counts_for)
            values (2, 'NEAR_ADDRESS', 90, true, true, '7 days')`,
      ),
    ).toBe("23514");
    await b.sign("IMPLAUSIBLE_TRAVEL", "FAR_ADDRESS");
    await b.sweep();
    expect(await b.scoreNow()).toMatchObject({ score: 180, signals: 0 });
    expect([await status(b), await incidents(b)]).toEqual(["ACTIVE", [{ severity: 3, state: "DETECTED" }]]);
  }),
);

test(
  "one sign and its repetition do not suspend; a second sign does, at once and once, with the rules for a reason",
  beat(async (b) => {
    await b.sign("STORES_PER_HOUR", "REPEATED", "NEW_DEVICE");
    await b.sweep();
    expect(await b.scoreNow()).toMatchObject({ score: 90, signals: 1 });
    expect([await status(b), await incidents(b)]).toEqual(["ACTIVE", [{ severity: 3, state: "DETECTED" }]]);
    // A second one comes with an order, and its inspection acts.
    const order = await b.order({ store: 0, assigned: false, minute: 5 * 1440 });
    await b.db.sql.query("update app.shadow_traces set at = now() where order_id = $1", [order]);
    for (const _ of [1, 2]) await b.inspect(order);
    await b.sweep();
    expect(await status(b)).toBe("SUSPENDED");
    expect(
      await b.db.rows("select suspended_by, reason, score from app.suspensions where account_id = $1", [people.sari]),
    ).toEqual([
      {
        suspended_by: "SYSTEM",
        reason: null,
        score: { score: 115, rules: ["REPEATED", "STORES_PER_HOUR", "OUTSIDE_ASSIGNMENT", "NEW_DEVICE"] },
      },
    ]);
    expect(await incidents(b)).toEqual([{ severity: 2, state: "DETECTED" }]);
    expect(await mails(b)).toBe(4); // Each admin of the review, and of the suspension.
  }),
);

test(
  "a sign that was added while a review was open shuts him out at the next sweep, where nobody acted on it before",
  beat(async (b) => {
    await b.sign("STORES_PER_HOUR", "SAME_BASKET");
    await b.sweep();
    expect([await status(b), (await reviews(b)).length]).toEqual(["ACTIVE", 1]);
    await b.sign("OWNER_DISPUTED");
    for (const _ of [1, 2]) await b.sweep();
    expect(await status(b)).toBe("SUSPENDED");
    expect(await incidents(b)).toEqual([{ severity: 2, state: "DETECTED" }]);
  }),
);

test(
  "«bukan saya» is acted on at once: what was below the line is above it now",
  rolledBack(async (db) => {
    const b = await openBeat(db);
    const [sku] = await plenty(db);
    const number = await db.buyFor(people.sari, "PTR-0001", [sku, 2]);
    const { id, token } = await db.row<{ id: number; token: string }>(
      "select id, private.dispute_token(id) as token from app.orders where number = $1",
      [number],
    );
    await b.sign("STORES_PER_HOUR", "SAME_BASKET"); // 65
    await b.sweep();
    expect(await status(b)).toBe("ACTIVE");
    const view = await db.as(null, () => db.value("select app.dispute_by_link($1, '')", [token]));
    expect(view).toMatchObject({ number, dispute: { held: true } });
    expect(await status(b)).toBe("SUSPENDED");
    expect(
      await db.rows("select suspended_by, reason, score from app.suspensions where account_id = $1", [people.sari]),
    ).toEqual([
      {
        suspended_by: "SYSTEM",
        reason: null,
        score: { score: 95, rules: ["STORES_PER_HOUR", "OWNER_DISPUTED", "SAME_BASKET"] },
      },
    ]);
    expect(
      await db.rows("select reason from app.order_holds where order_id = $1 and released_at is null order by reason", [
        id,
      ]),
    ).toEqual([{ reason: "DISPUTED" }, { reason: "SALESMAN_SUSPENDED" }]);
  }),
);

test(
  "what an owner says stands, even where his salesman cannot be shut out at this moment",
  rolledBack(async (db) => {
    const b = await openBeat(db);
    const [sku] = await plenty(db);
    await db.actFor(people.sari, "PTR-0001");
    await db.fill(people.sari, [sku, 2]);
    const token = await db.value<string>("select private.dispute_token(id) from app.orders where number = $1", [
      await db.order(people.sari),
    ]);
    await b.sign("STORES_PER_HOUR", "SAME_BASKET");
    await db.sql.query(
      `
        create or replace function private.lock_account(p_account uuid) returns app.accounts
          language plpgsql as $$ begin perform private.refuse('STALE', 'busy'); end $$`,
    );
    expect(await db.as(null, () => db.value("select app.dispute_by_link($1, '')", [token]))).toMatchObject({
      dispute: { held: true },
    });
    expect(await status(b)).toBe("ACTIVE");
    expect(await b.scoreNow()).toMatchObject({ score: 95 }); // And the next sweep acts on it.
  }),
);

test(
  "just below the line of a suspension, two signs lead to a review",
  beat(async (b) => {
    await b.sign("STORES_PER_HOUR", "SAME_BASKET", "ORDER_VALUE"); // 85
    await b.sweep();
    expect([await status(b), await incidents(b)]).toEqual(["ACTIVE", [{ severity: 3, state: "DETECTED" }]]);
    await b.setting("suspend_score", 85);
    await b.db.sql.query("select private.act_on_score($1, null, now())", [people.sari]);
    expect(await status(b)).toBe("SUSPENDED");
  }),
);

test(
  "what a person has looked at is not held against anybody again; what comes after it is",
  beat(async (b) => {
    await b.sign("STORES_PER_HOUR", "SAME_BASKET");
    await b.sweep();
    await close(b);
    await b.sweep();
    expect(await reviews(b)).toEqual([{ kind: "REVIEW_SALESMAN", open: false, tied: true }]);
    expect(
      await b.db.value("select (private.abuse_score($1, clock_timestamp()) ->> 'score')::int", [people.sari]),
    ).toBe(0);
    await b.db.sql.query(
      `
        select private.add_abuse_hit($1, null, rule, '{}', clock_timestamp())
          from unnest(array['STORES_PER_HOUR', 'ORDERS_PER_HOUR']) rule`,
      [people.sari],
    );
    await b.db.sql.query("select private.act_on_score($1, null, clock_timestamp())", [people.sari]);
    expect(await reviews(b)).toEqual([
      { kind: "REVIEW_SALESMAN", open: false, tied: true },
      { kind: "REVIEW_SALESMAN", open: true, tied: true },
    ]);
  }),
);

test(
  "an order of before that is inspected only after the review still counts",
  beat(async (b) => {
    const order = await b.order({ store: 0, assigned: false });
    await b.sign("STORES_PER_HOUR", "SAME_BASKET");
    await b.db.sql.query("select private.act_on_score($1, null, now())", [people.sari]);
    await close(b);
    await b.inspect(order);
    expect(await b.score(0)).toMatchObject({ score: 25, rules: [{ rule: "OUTSIDE_ASSIGNMENT" }] });
  }),
);

test(
  "where the line is, staff says",
  beat(async (b) => {
    await b.sign("OUTSIDE_ASSIGNMENT", "ORDER_VALUE");
    await b.sweep();
    expect(await reviews(b)).toEqual([]);
    await b.setting("review_score", 45);
    await b.sweep();
    expect(await reviews(b)).toHaveLength(1);
  }),
);

test(
  "the sweep inspects what lost its wake-up, and leaves what has just been placed to the worker",
  beat(async (b) => {
    const lost = await b.order({ store: 0, assigned: false });
    const fresh = await b.order({ store: 1, assigned: false });
    await b.db.sql.query("update app.shadow_traces set at = now() where order_id = $1", [fresh]);
    expect(await b.sweep()).toBe(1);
    expect(await b.db.rows("select order_id from app.abuse_hits where rule = 'OUTSIDE_ASSIGNMENT'")).toEqual([
      { order_id: lost },
    ]);
  }),
);

/**
 * Weeks of orders: as they were for Agus and, until the last four weeks, for Sari; then hers grow in all her stores.
 */
async function weeks(b: Beat, growth: { sari: number; agus: number }) {
  for (let store = 0; store < 36; store += 1) {
    const salesman = store < 15 ? people.sari : people.agus;
    for (let week = 0; week < 10; week += 1) {
      const grown = (store < 15 ? growth.sari : growth.agus) * (store % 2 === 0 ? 0.9 : 1.1);
      const total = Math.round(1_000_000 * (1 + (week % 2) / 10) * (week < 4 ? 1 + grown : 1));
      await b.order({ store, salesman, total, minute: 5 * 1440 - 1440 * (7 * week + 2) });
    }
  }
  await b.db.sql.query("update app.shadow_traces set inspected_at = at");
  return b.db.value<number>("select private.measure_drift((now() at time zone 'Asia/Jakarta')::date)");
}

test(
  "slow growth in most of his stores leads to a review and no further; not when the whole trade grows, nor a little",
  beat(async (b) => {
    await b.db.sql.query("savepoint weeks");
    for (const growth of [
      { sari: 0.4, agus: 0.4 },
      { sari: 0.1, agus: 0 },
    ]) {
      expect(await weeks(b, growth)).toBe(0);
      await b.db.sql.query("rollback to savepoint weeks");
    }
    expect(await weeks(b, { sari: 0.4, agus: 0 })).toBe(1);
    expect(await b.db.rows("select rule, weight, inputs from app.abuse_hits")).toMatchObject([
      {
        rule: "SLOW_DRIFT",
        weight: 60,
        inputs: { stores: 15, days: 28, percent: 40, tradePercent: 0, limitPercent: 10 },
      },
    ]);
    abuseInputs.SLOW_DRIFT.parse(await b.db.value("select inputs from app.abuse_hits"));
    expect([await status(b), await reviews(b)]).toMatchObject(["ACTIVE", [{ kind: "REVIEW_SALESMAN" }]]);
    // Not twice in a week.
    expect(await b.db.value("select private.measure_drift((now() at time zone 'Asia/Jakarta')::date)")).toBe(0);
  }),
);
