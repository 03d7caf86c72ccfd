import { expect, test } from "vitest";
import { messages } from "#app/words.ts";
import { people } from "#tests/support/cast.ts";
import { plenty, rolledBack, type TestDb } from "#tests/support/rolled-back.ts";
import { incidents, look, minute, quiet, stateOf } from "./detectors-support.ts";

type Case = {
  name: string;
  key: string;
  severity: number;
  /** What is wrong. */
  breaks: (db: TestDb) => Promise<unknown>;
  /** Like it, and no reason for anything. */
  control: (db: TestDb) => Promise<unknown>;
  /** Seconds after this minute at which it is looked at; the last one sets it off. */
  looks?: number[];
};
const count = (what: string) => (db: TestDb) => db.sql.query(what);
const checkouts = (requests: number, more: object) => (db: TestDb) =>
  minute(db, 0, { requests, ...more }, "POST /checkout");
const away = (ago: string) => async (db: TestDb) => {
  await db.sql.query("select private.turn_circuit('OPEN', 'TIMEOUT')");
  await db.sql.query("update app.erp_circuit_events set at = now() - $1::interval", [ago]);
};
/** An order of Budi's that is changed afterwards. */
const order = (change: string) => async (db: TestDb) => {
  const [, , , article] = await plenty(db);
  const number = await db.buy(people.budi, [article, 1]);
  await db.sql.query(change.replaceAll("$number", `'${number}'`));
};
const refused = (accounts: number) => (db: TestDb) =>
  db.sql.query(`select private.audit('SIGN_IN_REFUSED', 'account', 'PTR-' || n) from generate_series(1000, $1) n`, [
    999 + accounts,
  ]);
const journey = (kind: string, ...runs: boolean[]) =>
  count(`insert into app.journey_runs (at, kind, ok, step, status, ms)
    select now() - interval '1 minute', '${kind}', ok, 'CHECKOUT', 500, 10
      from unnest('{${runs.join(",")}}'::boolean[]) ok`);
const amber = (why: string) =>
  order(`update app.orders set credit_light = 'AMBER', credit_inputs = credit_inputs || '{"reason": "${why}"}'
    where number = $number`);
const minute6 = [0, 10, 20, 30, 40, 50];

const cases: Case[] = [
  {
    name: "orders-failing",
    key: "orders-failing",
    severity: 1,
    breaks: checkouts(4, { failed: 2, cut: 1 }),
    control: checkouts(40, { failed: 3 }),
  },
  {
    name: "order-failed",
    key: "orders-failing",
    severity: 2,
    breaks: checkouts(100, { failed: 1 }),
    control: checkouts(100, {}),
  },
  {
    name: "order-cut",
    key: "orders-failing",
    severity: 3,
    breaks: checkouts(100, { cut: 1 }),
    control: (db) => minute(db, 0, { requests: 10, cut: 5 }, "GET /checkout"),
  },
  {
    name: "journey-failing",
    key: "journey-failing",
    severity: 1,
    breaks: journey("ORDER", true, false, false, false),
    control: journey("ORDER", false, false, true, false, false),
  },
  {
    name: "lead-form-check",
    key: "lead-form",
    severity: 1,
    breaks: journey("LEAD", false, false, false),
    control: journey("ORDER", false, false, false),
  },
  {
    name: "lead-form-failing",
    key: "lead-form",
    severity: 1,
    breaks: async (db) => {
      await minute(db, 0, { requests: 2, failed: 1 }, "POST /mitra");
      await minute(db, 0, { requests: 1, failed: 1 }, "POST /api/leads");
    },
    control: (db) => minute(db, 0, { requests: 20, failed: 2 }, "POST /mitra"),
  },
  {
    name: "sign-in-failing",
    key: "sign-in-failing",
    severity: 1,
    breaks: (db) => minute(db, 0, { requests: 6, failed: 4 }, "POST /login"),
    control: (db) => minute(db, 0, { requests: 40, failed: 4 }, "POST /login"),
    looks: [5, 15],
  },
  {
    name: "erp-dead",
    key: "erp-down",
    severity: 1,
    breaks: away("31 minutes"),
    control: away("29 minutes"),
  },
  {
    name: "erp-orders-failing",
    key: "erp-down",
    severity: 1,
    breaks: async (db) => {
      await away("10 minutes")(db);
      await minute(db, -8, { requests: 1, failed: 1 }, "POST /checkout");
    },
    control: async (db) => {
      await away("5 minutes")(db);
      await minute(db, -8, { requests: 1, failed: 1 }, "POST /checkout");
    },
  },
  {
    name: "order-not-synced",
    key: "order-not-synced",
    severity: 2,
    breaks: order("update app.orders set sync_status = 'FAILED' where number = $number"),
    control: order("update app.orders set sync_status = 'FAILED', status = 'CANCELLED' where number = $number"),
  },
  {
    name: "orders-not-synced",
    key: "order-not-synced",
    severity: 1,
    breaks: order(`insert into app.order_events (order_id, kind, actor)
      select id, kind, 'SYSTEM' from app.orders, unnest('{SYNC_FAILED,SYNC_FAILED,SYNC_FAILED,SYNCED}'::text[]) kind
       where number = $number`),
    control: order(`insert into app.order_events (order_id, kind, actor)
      select id, kind, 'SYSTEM' from app.orders, unnest('{SYNC_FAILED,SYNC_FAILED,SYNCED}'::text[]) kind
       where number = $number`),
  },
  {
    name: "order-waiting",
    key: "order-waiting",
    severity: 2,
    breaks: order("update app.orders set created_at = now() - interval '16 minutes' where number = $number"),
    control: order(`update app.orders set created_at = now() - interval '16 minutes' where number = $number;
      update app.erp_circuit set since = now() - interval '14 minutes'`),
    looks: [5, 15],
  },
  {
    name: "owner-not-told",
    key: "owner-not-told",
    severity: 3,
    breaks: async (db) => {
      const [, , , article] = await plenty(db);
      await db.buyFor(people.sari, "PTR-0001", [article, 1]);
      await db.sql.query(
        "select private.fail_alert(order_id, channel, 'REFUSED', 'x') from app.shadow_alerts where state = 'PENDING'",
      );
    },
    control: async (db) => {
      const [, , , article] = await plenty(db);
      await db.buyFor(people.sari, "PTR-0001", [article, 1]);
    },
  },
  {
    name: "stock-stuck",
    key: "stock-stuck",
    severity: 2,
    breaks: count("update app.feeds set as_of = now() - interval '31 minutes' where name = 'stock'"),
    control: count("update app.feeds set as_of = now() - interval '28 minutes' where name = 'stock'"),
    looks: minute6,
  },
  {
    name: "credit-stuck",
    key: "credit-unusable",
    severity: 2,
    breaks: count("update app.feeds set as_of = now() - interval '61 minutes' where name = 'credit'"),
    control: count("update app.feeds set as_of = now() - interval '58 minutes' where name = 'credit'"),
    looks: minute6,
  },
  {
    name: "credit-amber-by-error",
    key: "credit-unusable",
    severity: 2,
    breaks: amber("OLD_DATA"),
    control: amber("OVER_LIMIT"),
  },
];

async function play(db: TestDb, scene: (db: TestDb) => Promise<unknown>, looks = [5]) {
  await quiet(db);
  await scene(db);
  for (const second of looks) await look(db, second);
}

test.each(cases)("$name is set off, SEV-$severity", ({ name, key, severity, breaks, looks = [5] }) =>
  rolledBack(async (db) => {
    await play(db, breaks, looks.slice(0, -1));
    expect(await stateOf(db, name)).toMatchObject({ broken: false });
    await look(db, looks.at(-1)!);
    expect(await stateOf(db, name)).toMatchObject({ sight: "SEEN", broken: true, times: 1 });
    const found = await incidents(db, key);
    expect(found).toHaveLength(1);
    expect(found[0]!.severity).toBeLessThanOrEqual(severity);
    expect(found[0]!.state).toBe("DETECTED");
    // Seen again and again it stays one.
    for (const second of [60, 70, 80]) await look(db, second);
    expect(await incidents(db, key)).toHaveLength(1);
  })(),
);

test.each(cases)("$name is not set off by what is like it", ({ name, control, looks }) =>
  rolledBack(async (db) => {
    await play(db, control, looks);
    expect(await stateOf(db, name)).toMatchObject({ broken: false, times: 0 });
  })(),
);

test(
  "a day on which all is well sets nothing off, and every rule names a playbook that there is",
  rolledBack(async (db) => {
    await quiet(db);
    const [, , , article] = await plenty(db);
    await db.buy(people.budi, [article, 1]);
    for (let at = 0; at < 4; at += 1) {
      await minute(db, at, { requests: 200, failed: 1, slow: 1, cut: 3 });
      await minute(db, at, { requests: 20 }, "POST /checkout");
      await minute(db, at, { requests: 20 }, "POST /login");
      await minute(db, at, { requests: 5 }, "POST /mitra");
      await journey("ORDER", true)(db);
      await journey("LEAD", true)(db);
      await db.sql.query("update app.journey_runs set at = now() + make_interval(mins => $1)", [at]);
      await look(db, at * 60 + 30);
    }
    expect(await db.rows("select detector from app.detector_states where broken_since is not null")).toEqual([]);
    // Who watches from outside has not told anything here, and nobody counts what objectives ask for; all else can be
    // seen.
    expect(await db.rows("select detector from app.detector_states where sight = 'BLIND' order by 1")).toEqual([
      { detector: "budget-burning" },
      { detector: "budget-burning-fast" },
      { detector: "budget-burning-slowly" },
      { detector: "database-down" },
      { detector: "site-down" },
      { detector: "web-down" },
      { detector: "worker-down" },
    ]);
    expect(await db.value("select count(*)::int from app.incidents where state not in ('RESOLVED', 'CLOSED')")).toBe(0);
    expect(
      await db.value(`select count(*)::int from app.detectors d join app.playbooks p on p.slug = d.playbook`),
    ).toBe(await db.value("select count(*)::int from app.detectors"));
  }),
);

test(
  "nobody comes in of ten accounts that tried: sign-in fails though no page does; one who does is proof enough",
  rolledBack(async (db) => {
    await play(db, refused(10), [5, 15]);
    expect(await stateOf(db, "sign-in-failing")).toMatchObject({ value: 1, broken: true });
    await quiet(db);
    await db.sql.query("select private.audit('DEVICE_NOTED', 'account', 'PTR-0001')");
    await look(db, 25);
    expect(await stateOf(db, "sign-in-failing")).toMatchObject({ value: 0 });
  }),
);

test(
  "an admin sets from when on a rule is set off, within bounds and with a reason; the next look goes by it",
  rolledBack(async (db) => {
    await quiet(db);
    const set = (who: string, ...values: unknown[]) => db.stopped(who, "select app.set_threshold($1, $2, $3)", values);
    const why = "Terlalu sering berbunyi";
    expect(await set(people.auditor, "order-failed", 3, why)).toBe("DENIED");
    expect(await set(people.admin, "order-failed", 3, "ya")).toBe("REASON_REQUIRED");
    expect(await set(people.admin, "order-failed", 2.5, why)).toBe("THRESHOLD");
    expect(await set(people.admin, "order-failed", 0, why)).toBe("THRESHOLD");
    expect(await set(people.admin, "requests-failing", 101, why)).toBe("THRESHOLD");
    expect(await set(people.admin, "database-down", 2, why)).toBe("DETECTOR_FIXED");
    expect(await set(people.admin, "no-such", 2, why)).toBe("DETECTOR");
    await db.as(people.admin, () =>
      db.sql.query("select app.set_threshold('order-failed', 3, $1), app.set_threshold('requests-failing', 7.5, $1)", [
        why,
      ]),
    );
    expect(
      await db.rows(
        "select entity_key, before, after from app.audit_events where action = 'THRESHOLD_CHANGED' order by id",
      ),
    ).toEqual([
      { entity_key: "order-failed", before: { value: 1 }, after: { value: 3 } },
      { entity_key: "requests-failing", before: { value: 0.05 }, after: { value: 0.075 } },
    ]);
    await checkouts(40, { failed: 2 })(db);
    await look(db, 5);
    expect(await incidents(db, "orders-failing"), "two were enough before").toEqual([]);
    await db.atCommit();
  }),
);

test(
  "whatever a rule tells its incident has a word on the incident's page, in both languages",
  rolledBack(async (db) => {
    await quiet(db);
    await journey("ORDER", false)(db);
    await look(db, 5);
    const told = await db.rows<{ key: string }>(`
      select jsonb_object_keys(m.detail) as key from private.measure_all(now()) m
      union select jsonb_object_keys(private.what_was_found(d, 1)) from app.detectors d order by 1`);
    const keys = told.map(({ key }) => key).filter((key) => key !== "unit");
    expect(keys).toEqual(expect.arrayContaining(["detector", "value", "orders", "requests", "status"]));
    for (const lang of ["id", "en"] as const)
      expect(keys.filter((key) => !Object.hasOwn(messages(lang).incidents.keys, key))).toEqual([]);
  }),
);
