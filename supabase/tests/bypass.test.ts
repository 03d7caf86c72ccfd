import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb } from "#tests/support/rolled-back.ts";

const key = "CREDIT_CHECK_BYPASS";
const change = "select app.change_setting($1, $2, $3, $4)";
const turn = (db: TestDb, value: boolean, hours: number | null = null, who = people.admin) =>
  db.as(who, () => db.sql.query(change, [key, String(value), "Angka kredit ERP salah", hours]));
const hoursLeft = (db: TestDb) =>
  db.value<number>(
    "select round(extract(epoch from expires_at - now()) / 3600, 2)::float from app.settings where key = $1",
    [key],
  );
const light = async (db: TestDb, sku: string) => {
  const number = await db.buy(people.budi, [sku, 1]);
  return db.value<string>(
    "select credit_light || ' ' || (credit_inputs ->> 'reason') from app.orders where number = $1",
    [number],
  );
};

test(
  "while it is on every order is AMBER for it, with plenty of room and fresh figures; and it ends by itself",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    expect(await light(db, sku)).toBe("GREEN WITHIN_LIMIT");
    await turn(db, true);
    expect(await light(db, sku)).toBe("AMBER BYPASS");
    // A salesman who acts for the store meets the same.
    await db.actFor(people.sari, "PTR-0001");
    await db.fill(people.sari, [sku, 1]);
    expect(
      await db.value("select credit_inputs ->> 'reason' from app.orders where number = $1", [
        await db.order(people.sari),
      ]),
    ).toBe("BYPASS");
    // Its time passes, and nothing runs: no job, no worker.
    await db.sql.query("update app.settings set expires_at = now() + interval '1 second' where key = $1", [key]);
    expect(await light(db, sku)).toBe("AMBER BYPASS");
    await db.sql.query("update app.settings set expires_at = now() where key = $1", [key]);
    expect(await light(db, sku)).toBe("GREEN WITHIN_LIMIT");
  }),
);

test(
  "it comes on between the page and the order: the order is AMBER all the same",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    await db.fill(people.budi, [sku, 1]);
    const shown = await db.as(people.budi, () =>
      db.value<{ digest: string; credit: { light: string } }>("select app.quote()"),
    );
    expect(shown.credit.light).toBe("GREEN");
    await turn(db, true);
    const placed = await db.as(people.budi, () =>
      db.value<{ light: string }>("select app.place_order(gen_random_uuid(), $1, '', false)", [shown.digest]),
    );
    expect(placed.light).toBe("AMBER");
  }),
);

test(
  "four hours unless said otherwise, a day at most, with a reason, by an admin",
  rolledBack(async (db) => {
    await turn(db, true);
    expect(await hoursLeft(db)).toBe(4);
    // Set anew while it is on: its time counts from then.
    await turn(db, true, 24);
    expect(await hoursLeft(db)).toBe(24);
    for (const hours of [0, 24.01, 25, 1000, -1, "NaN"])
      expect(await db.stopped(people.admin, change, [key, "true", "Angka kredit ERP salah", hours])).toBe(
        "HOURS_OUT_OF_RANGE",
      );
    for (const reason of ["", "  ", "x", null])
      expect(await db.stopped(people.admin, change, [key, "true", reason, 4])).toBe("REASON_REQUIRED");
    for (const who of [people.budi, people.sari, people.auditor])
      expect(await db.stopped(who, change, [key, "true", "Angka kredit ERP salah", 4])).toBe("DENIED");
    expect(await db.stopped(people.admin, change, [key, "true", "Angka kredit ERP salah", 4])).toBeNull();
    await turn(db, false);
    expect(
      await db.value("select expires_at is null and value = 'false' from app.settings where key = $1", [key]),
    ).toBe(true);
  }),
);

test(
  "by hand neither: a switch is never on without an end or for more than a day",
  rolledBack(async (db) => {
    const byHand = async (set: string) => {
      await db.sql.query("savepoint hand");
      const code = await db.sql.query(`update app.settings set ${set} where key = '${key}'`).then(
        () => null,
        (error: { code: string }) => error.code,
      );
      await db.sql.query("rollback to savepoint hand");
      return code;
    };
    expect(await byHand("value = 'true', expires_at = null")).toBe("23514");
    expect(await byHand("value = 'true', set_at = now(), expires_at = now() + interval '25 hours'")).toBe("23514");
    expect(await byHand("value = 'true', set_at = now(), expires_at = now() + interval '24 hours'")).toBeNull();
  }),
);

test(
  "each turn is in the trail, with what was, what is, and until when",
  rolledBack(async (db) => {
    await turn(db, true, 2);
    await turn(db, true, 6);
    await turn(db, false);
    const trail = await db.rows<{
      before: { value: boolean; until: string | null };
      after: { value: boolean; until: string | null };
      words: { reason: string };
    }>(
      `
        select before, after, private.audit_words(e) as words from app.audit_events e where entity_key = $1
          and action = 'SETTING_CHANGED' order by id desc limit 3`,
      [key],
    );
    expect(trail.map(({ before, after }) => [before.value, after.value])).toEqual([
      [true, false],
      [true, true],
      [false, true],
    ]);
    expect(trail[1]!.before.until).not.toBe(trail[1]!.after.until);
    expect(trail.every(({ words }) => words.reason === "Angka kredit ERP salah")).toBe(true);
  }),
);

test(
  "that it is on, staff is told on every page; a store sees only what comes of it",
  rolledBack(async (db) => {
    const told = (who: string) =>
      db.as(who, () => db.value<string | null>("select app.viewer_context() ->> 'bypassUntil'"));
    for (const who of [people.admin, people.auditor]) expect(await told(who)).toBeNull();
    await turn(db, true);
    for (const who of [people.admin, people.admin2, people.auditor]) expect(await told(who)).not.toBeNull();
    for (const who of [people.budi, people.maya, people.sari]) expect(await told(who)).toBeNull();
    expect(await db.as(people.budi, () => db.rows("select * from app.settings"))).toEqual([]);
    await db.sql.query("update app.settings set expires_at = now() where key = $1", [key]);
    expect(await told(people.admin)).toBeNull();
  }),
);
