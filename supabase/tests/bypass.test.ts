import { expect, test } from "vitest";
import { onStage, people, plenty, type Stage } from "./support.ts";

const key = "CREDIT_CHECK_BYPASS";
const change = "select app.change_setting($1, $2, $3, $4)";
const turn = (stage: Stage, value: boolean, hours: number | null = null, who = people.admin) =>
  stage.as(who, () => stage.sql.query(change, [key, String(value), "Angka kredit ERP salah", hours]));
const hoursLeft = (stage: Stage) =>
  stage.value<number>(
    "select round(extract(epoch from expires_at - now()) / 3600, 2)::float from app.settings where key = $1",
    [key],
  );
const light = async (stage: Stage, sku: string) => {
  await stage.fill(people.budi, [sku, 1]);
  const number = await stage.order(people.budi);
  return stage.value<string>(
    "select credit_light || ' ' || (credit_inputs ->> 'reason') from app.orders where number = $1",
    [number],
  );
};

test(
  "while it is on every order is AMBER for it, with plenty of room and fresh figures; and it ends by itself",
  onStage(async (stage) => {
    const {
      skus: [sku],
    } = (await plenty(stage)) as { skus: [string] };
    expect(await light(stage, sku)).toBe("GREEN WITHIN_LIMIT");
    await turn(stage, true);
    expect(await light(stage, sku)).toBe("AMBER BYPASS");
    // A salesman who acts for the store meets the same.
    await stage.actFor(people.sari, "PTR-0001");
    await stage.fill(people.sari, [sku, 1]);
    expect(
      await stage.value("select credit_inputs ->> 'reason' from app.orders where number = $1", [
        await stage.order(people.sari),
      ]),
    ).toBe("BYPASS");
    // Its time passes, and nothing runs: no job, no worker.
    await stage.sql.query("update app.settings set expires_at = now() + interval '1 second' where key = $1", [key]);
    expect(await light(stage, sku)).toBe("AMBER BYPASS");
    await stage.sql.query("update app.settings set expires_at = now() where key = $1", [key]);
    expect(await light(stage, sku)).toBe("GREEN WITHIN_LIMIT");
  }),
);

test(
  "it comes on between the page and the order: the order is AMBER all the same",
  onStage(async (stage) => {
    const {
      skus: [sku],
    } = (await plenty(stage)) as { skus: [string] };
    await stage.fill(people.budi, [sku, 1]);
    const shown = await stage.as(people.budi, () =>
      stage.value<{ digest: string; credit: { light: string } }>("select app.quote()"),
    );
    expect(shown.credit.light).toBe("GREEN");
    await turn(stage, true);
    const placed = await stage.as(people.budi, () =>
      stage.value<{ light: string }>("select app.place_order(gen_random_uuid(), $1, '', false)", [shown.digest]),
    );
    expect(placed.light).toBe("AMBER");
  }),
);

test(
  "four hours unless said otherwise, a day at most, with a reason, by an admin",
  onStage(async (stage) => {
    await turn(stage, true);
    expect(await hoursLeft(stage)).toBe(4);
    // Set anew while it is on: its time counts from then.
    await turn(stage, true, 24);
    expect(await hoursLeft(stage)).toBe(24);
    for (const hours of [0, 24.01, 25, 1000, -1, "NaN"])
      expect(await stage.stopped(people.admin, change, [key, "true", "Angka kredit ERP salah", hours])).toBe(
        "OUT_OF_RANGE",
      );
    for (const reason of ["", "  ", "x", null, "x".repeat(201)])
      expect(await stage.stopped(people.admin, change, [key, "true", reason, 4])).toBe("REASON_REQUIRED");
    for (const who of [people.budi, people.sari, people.auditor])
      expect(await stage.stopped(who, change, [key, "true", "Angka kredit ERP salah", 4])).toBe("DENIED");
    expect(await stage.stopped(people.admin, change, [key, "true", "Angka kredit ERP salah", 4])).toBeNull();
    await turn(stage, false);
    expect(
      await stage.value("select expires_at is null and value = 'false' from app.settings where key = $1", [key]),
    ).toBe(true);
  }),
);

test(
  "by hand neither: a switch is never on without an end or for more than a day",
  onStage(async (stage) => {
    const byHand = async (set: string) => {
      await stage.sql.query("savepoint hand");
      const code = await stage.sql.query(`update app.settings set ${set} where key = '${key}'`).then(
        () => null,
        (error: { code: string }) => error.code,
      );
      await stage.sql.query("rollback to savepoint hand");
      return code;
    };
    expect(await byHand("value = 'true', expires_at = null")).toBe("23514");
    expect(await byHand("value = 'true', set_at = now(), expires_at = now() + interval '25 hours'")).toBe("23514");
    expect(await byHand("value = 'true', set_at = now(), expires_at = now() + interval '24 hours'")).toBeNull();
  }),
);

test(
  "each turn is in the trail, with what was, what is, and until when",
  onStage(async (stage) => {
    await turn(stage, true, 2);
    await turn(stage, true, 6);
    await turn(stage, false);
    const trail = await stage.rows<{
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
  "that it is on, the office is told on every page; a store sees only what comes of it",
  onStage(async (stage) => {
    const told = (who: string) =>
      stage.as(who, () => stage.value<string | null>("select app.viewer_context() ->> 'bypassUntil'"));
    for (const who of [people.admin, people.auditor]) expect(await told(who)).toBeNull();
    await turn(stage, true);
    for (const who of [people.admin, people.admin2, people.auditor]) expect(await told(who)).not.toBeNull();
    for (const who of [people.budi, people.maya, people.sari]) expect(await told(who)).toBeNull();
    expect(await stage.as(people.budi, () => stage.rows("select * from app.settings"))).toEqual([]);
    await stage.sql.query("update app.settings set expires_at = now() where key = $1", [key]);
    expect(await told(people.admin)).toBeNull();
  }),
);
