import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb, refusalOf } from "#tests/support/rolled-back.ts";

/** What a form says of itself, as the web hands it over with the request. Null: it does not say, as a script's. */
const showing = (db: TestDb, shown: object | null) =>
  db.sql.query("select set_config('app.request', $1, true)", [JSON.stringify(shown ? { shown } : {})]);
const acting = (db: TestDb) =>
  db.value<string>("select id from app.acting_sessions where salesman_id = $1 and ended_at is null", [people.sari]);
/** Reason and facts of a refusal. */
async function refused(work: Promise<unknown>): Promise<[unknown, unknown]> {
  const { reason, ...facts } = await work.then((): Record<string, unknown> => ({}), refusalOf);
  return [reason, facts];
}

/** What Sari does as a store: each a command of a form on a store's page. */
const commands = [
  "select app.put_in_cart((select sku from app.products where active order by id limit 1), 1, 'add')",
  "select app.put_in_cart((select sku from app.products where active order by id limit 1), 0, 'set')",
  "select app.place_order(gen_random_uuid(), null, '', false)",
];

test.each(commands)("shown for one store, sent for another: %s", (command) =>
  rolledBack(async (db) => {
    const skus = await plenty(db);
    await db.actFor(people.sari, "PTR-0001");
    const first = { account: "SLS-0001", store: "PTR-0001", acting: await acting(db) };
    first.account = await db.value("select code from app.accounts where id = $1", [people.sari]);
    await db.fill(people.sari, [skus[0]!, 2]);
    await showing(db, first);
    expect(await db.stopped(people.sari, command), "the control: where it was shown, it is done").toBeNull();

    await showing(db, null);
    await db.as(people.sari, () => db.sql.query("select app.end_acting()"));
    await db.actFor(people.sari, "PTR-0003");
    await db.fill(people.sari, [skus[0]!, 2]);
    const before = await db.rows("select * from app.cart_items order by 1, 2, 3");
    await showing(db, first);
    const [reason, now] = await refused(db.as(people.sari, () => db.sql.query(command)));
    expect(reason).toBe("SHOWN_TO_ANOTHER");
    expect(now).toMatchObject({ account: first.account, store: "PTR-0003" });
    expect(await db.rows("select * from app.cart_items order by 1, 2, 3")).toEqual(before);

    await showing(db, null);
    await db.as(people.sari, () => db.sql.query("select app.end_acting()"));
    await showing(db, first);
    expect(await db.stopped(people.sari, command), "acting for nobody").toBe("SHOWN_TO_ANOTHER");
    await showing(db, null);
    await db.actFor(people.sari, "PTR-0001");
    await showing(db, first);
    expect(await db.stopped(people.sari, command), "the same store in another session").toBe("SHOWN_TO_ANOTHER");
    await showing(db, { ...first, acting: await acting(db) });
    expect(await db.stopped(people.sari, command)).toBeNull();
  })(),
);

test(
  "shown to one person, sent by another: store, salesman and staff alike",
  rolledBack(async (db) => {
    const skus = await plenty(db);
    await db.fill(people.maya, [skus[0]!, 1]);
    const code = (id: string) => db.value<string>("select code from app.accounts where id = $1", [id]);
    await showing(db, { account: await code(people.budi), store: "PTR-0001", acting: null });
    expect(await db.stopped(people.maya, "select app.place_order(gen_random_uuid(), null, '', false)")).toBe(
      "SHOWN_TO_ANOTHER",
    );
    await showing(db, { account: await code(people.maya), store: "PTR-0002", acting: null });
    expect(await db.stopped(people.maya, "select app.place_order(gen_random_uuid(), null, '', false)")).toBeNull();

    const decide = "select app.change_setting('stock.buffer.default', '4', 'dicoba saja')";
    await showing(db, { account: await code(people.admin2) });
    expect(await db.stopped(people.admin, decide)).toBe("SHOWN_TO_ANOTHER");
    expect((await refused(db.as(people.admin, () => db.sql.query(decide))))[1]).toMatchObject({
      account: await code(people.admin),
      store: null,
    });
    await showing(db, { account: await code(people.admin) });
    expect(await db.stopped(people.admin, decide)).toBeNull();
    await showing(db, { account: await code(people.sari) });
    expect(await db.stopped(people.agus, "select app.begin_acting('PTR-0002', 'kunjungan toko')")).toBe(
      "SHOWN_TO_ANOTHER",
    );
  }),
);

test(
  "the question alone answers as the commands do",
  rolledBack(async (db) => {
    const code = await db.value<string>("select code from app.accounts where id = $1", [people.budi]);
    const ask = "select app.assert_shown_for($1)";
    expect(await db.stopped(people.budi, ask, [{ account: code, store: "PTR-0001", acting: null }])).toBeNull();
    expect(await db.stopped(people.budi, ask, [{ account: code, store: "PTR-0002", acting: null }])).toBe(
      "SHOWN_TO_ANOTHER",
    );
    expect(await db.stopped(people.budi, ask, [{ account: "PTR-9999" }])).toBe("SHOWN_TO_ANOTHER");
    expect(await db.stopped(people.budi, ask, [null])).toBeNull();
  }),
);

test(
  "a form that ends one acting session leaves another alone",
  rolledBack(async (db) => {
    await db.actFor(people.sari, "PTR-0001");
    const first = await acting(db);
    const end = (which: string | null) =>
      db.as(people.sari, () => db.value<boolean>("select app.end_acting('BY_HAND', $1)", [which]));
    expect(await end(first)).toBe(true);
    expect(await end(first), "over already: what was asked for").toBe(false);
    await db.actFor(people.sari, "PTR-0003");
    const [refusal, now] = await refused(end(first));
    expect(refusal).toBe("SHOWN_TO_ANOTHER");
    expect(now).toMatchObject({ store: "PTR-0003" });
    expect(await acting(db)).not.toBe(first);
    expect(await end(null), "whichever there is, for a script").toBe(true);
  }),
);

test(
  "another browser is told which store keeps it from beginning, since when, and can end it",
  rolledBack(async (db) => {
    await db.actFor(people.sari, "PTR-0001");
    const elsewhere = (session?: string) =>
      db.as(
        people.sari,
        () => db.value<{ id: string; code: string; since: string } | null>("select app.acting_elsewhere()"),
        session,
      );
    expect(await elsewhere(), "it is here").toBeNull();
    const second = await db.login(people.sari, true);
    const found = await elsewhere(second);
    expect(found).toMatchObject({ id: await acting(db), code: "PTR-0001" });
    const [since] = await db.rows<{ same: boolean }>(
      "select started_at = $1 as same from app.acting_sessions where id = $2",
      [found!.since, found!.id],
    );
    expect(since!.same).toBe(true);
    expect(
      await db.stopped(people.sari, "select app.begin_acting('PTR-0003', 'kunjungan toko')", [], second),
      "the control: one at a time",
    ).toBe("STALE");
    await db.as(people.sari, () => db.sql.query("select app.end_acting('BY_HAND', $1)", [found!.id]), second);
    const [row] = await db.rows(
      `
        select actor_code, target_code, acting_session_id, detail from app.audit_events where action = 'ACTING_ENDED'
          order by id desc limit 1`,
    );
    expect(row).toMatchObject({ target_code: "PTR-0001", acting_session_id: found!.id, detail: { reason: "BY_HAND" } });
    expect(
      await db.stopped(people.sari, "select app.begin_acting('PTR-0003', 'kunjungan toko')", [], second),
    ).toBeNull();
    expect(await db.as(people.agus, () => db.value("select app.acting_elsewhere()")), "nobody else's").toBeNull();
  }),
);
