import { expect, test } from "vitest";
import { onStage, people, plenty, refusalOf, type Stage } from "./support.ts";

/** What a form says of itself, as the web hands it over with the request. Null: it does not say, as a script's. */
const showing = (stage: Stage, shown: object | null) =>
  stage.sql.query("select set_config('app.request', $1, true)", [JSON.stringify(shown ? { shown } : {})]);
const acting = (stage: Stage) =>
  stage.value<string>("select id from app.acting_sessions where salesman_id = $1 and ended_at is null", [people.sari]);
/** Reason and facts of a refusal. */
async function refused(work: Promise<unknown>): Promise<[unknown, unknown]> {
  const { reason, ...facts } = await work.then(() => ({}) as Record<string, unknown>, refusalOf);
  return [reason, facts];
}

/** What Sari does as a store: each a command of a form on a store's page. */
const commands = [
  "select app.put_in_cart((select sku from app.products where active order by id limit 1), 1, 'add')",
  "select app.put_in_cart((select sku from app.products where active order by id limit 1), 0, 'set')",
  "select app.place_order(gen_random_uuid(), null, '', false)",
];

test.each(commands)("shown for one store, sent for another: %s", (command) =>
  onStage(async (stage) => {
    const { skus } = await plenty(stage);
    await stage.actFor(people.sari, "PTR-0001");
    const first = { account: "SLS-0001", store: "PTR-0001", acting: await acting(stage) };
    first.account = await stage.value("select code from app.accounts where id = $1", [people.sari]);
    await stage.fill(people.sari, [skus[0]!, 2]);
    await showing(stage, first);
    expect(await stage.stopped(people.sari, command), "the control: where it was shown, it is done").toBeNull();

    await showing(stage, null);
    await stage.as(people.sari, () => stage.sql.query("select app.end_acting()"));
    await stage.actFor(people.sari, "PTR-0003");
    await stage.fill(people.sari, [skus[0]!, 2]);
    const before = await stage.rows("select * from app.cart_items order by 1, 2, 3");
    await showing(stage, first);
    const [reason, now] = await refused(stage.as(people.sari, () => stage.sql.query(command)));
    expect(reason).toBe("SHOWN_TO_ANOTHER");
    expect(now).toMatchObject({ account: first.account, store: "PTR-0003" });
    expect(await stage.rows("select * from app.cart_items order by 1, 2, 3")).toEqual(before);

    await showing(stage, null);
    await stage.as(people.sari, () => stage.sql.query("select app.end_acting()"));
    await showing(stage, first);
    expect(await stage.stopped(people.sari, command), "acting for nobody").toBe("SHOWN_TO_ANOTHER");
    await showing(stage, null);
    await stage.actFor(people.sari, "PTR-0001");
    await showing(stage, first);
    expect(await stage.stopped(people.sari, command), "the same store in another session").toBe("SHOWN_TO_ANOTHER");
    await showing(stage, { ...first, acting: await acting(stage) });
    expect(await stage.stopped(people.sari, command)).toBeNull();
  })(),
);

test(
  "shown to one person, sent by another: store, salesman and office alike",
  onStage(async (stage) => {
    const { skus } = await plenty(stage);
    await stage.fill(people.maya, [skus[0]!, 1]);
    const code = (id: string) => stage.value<string>("select code from app.accounts where id = $1", [id]);
    await showing(stage, { account: await code(people.budi), store: "PTR-0001", acting: null });
    expect(await stage.stopped(people.maya, "select app.place_order(gen_random_uuid(), null, '', false)")).toBe(
      "SHOWN_TO_ANOTHER",
    );
    await showing(stage, { account: await code(people.maya), store: "PTR-0002", acting: null });
    expect(await stage.stopped(people.maya, "select app.place_order(gen_random_uuid(), null, '', false)")).toBeNull();

    const decide = "select app.change_setting('stock.buffer.default', '4', 'dicoba saja')";
    await showing(stage, { account: await code(people.admin2) });
    expect(await stage.stopped(people.admin, decide)).toBe("SHOWN_TO_ANOTHER");
    expect((await refused(stage.as(people.admin, () => stage.sql.query(decide))))[1]).toMatchObject({
      account: await code(people.admin),
      store: null,
    });
    await showing(stage, { account: await code(people.admin) });
    expect(await stage.stopped(people.admin, decide)).toBeNull();
    await showing(stage, { account: await code(people.sari) });
    expect(await stage.stopped(people.agus, "select app.begin_acting('PTR-0002', 'kunjungan toko')")).toBe(
      "SHOWN_TO_ANOTHER",
    );
  }),
);

test(
  "the question alone answers as the commands do",
  onStage(async (stage) => {
    const code = await stage.value<string>("select code from app.accounts where id = $1", [people.budi]);
    const ask = "select app.assert_shown_for($1)";
    expect(await stage.stopped(people.budi, ask, [{ account: code, store: "PTR-0001", acting: null }])).toBeNull();
    expect(await stage.stopped(people.budi, ask, [{ account: code, store: "PTR-0002", acting: null }])).toBe(
      "SHOWN_TO_ANOTHER",
    );
    expect(await stage.stopped(people.budi, ask, [{ account: "PTR-9999" }])).toBe("SHOWN_TO_ANOTHER");
    expect(await stage.stopped(people.budi, ask, [null])).toBeNull();
  }),
);

test(
  "a form that ends one acting session leaves another alone",
  onStage(async (stage) => {
    await stage.actFor(people.sari, "PTR-0001");
    const first = await acting(stage);
    const end = (which: string | null) =>
      stage.as(people.sari, () => stage.value<boolean>("select app.end_acting('BY_HAND', $1)", [which]));
    expect(await end(first)).toBe(true);
    expect(await end(first), "over already: what was asked for").toBe(false);
    await stage.actFor(people.sari, "PTR-0003");
    const [refusal, now] = await refused(end(first));
    expect(refusal).toBe("SHOWN_TO_ANOTHER");
    expect(now).toMatchObject({ store: "PTR-0003" });
    expect(await acting(stage)).not.toBe(first);
    expect(await end(null), "whichever there is, for a script").toBe(true);
  }),
);

test(
  "another browser is told which store keeps it from beginning, since when, and can end it",
  onStage(async (stage) => {
    await stage.actFor(people.sari, "PTR-0001");
    const elsewhere = (session?: string) =>
      stage.as(
        people.sari,
        () => stage.value<{ id: string; code: string; since: string } | null>("select app.acting_elsewhere()"),
        session,
      );
    expect(await elsewhere(), "it is here").toBeNull();
    const second = await stage.login(people.sari, true);
    const found = await elsewhere(second);
    expect(found).toMatchObject({ id: await acting(stage), code: "PTR-0001" });
    const [since] = await stage.rows<{ same: boolean }>(
      "select started_at = $1 as same from app.acting_sessions where id = $2",
      [found!.since, found!.id],
    );
    expect(since!.same).toBe(true);
    expect(
      await stage.stopped(people.sari, "select app.begin_acting('PTR-0003', 'kunjungan toko')", [], second),
      "the control: one at a time",
    ).toBe("STALE");
    await stage.as(people.sari, () => stage.sql.query("select app.end_acting('BY_HAND', $1)", [found!.id]), second);
    const [row] = await stage.rows(
      `
        select actor_code, target_code, acting_session_id, detail from app.audit_events where action = 'ACTING_ENDED'
          order by id desc limit 1`,
    );
    expect(row).toMatchObject({ target_code: "PTR-0001", acting_session_id: found!.id, detail: { reason: "BY_HAND" } });
    expect(
      await stage.stopped(people.sari, "select app.begin_acting('PTR-0003', 'kunjungan toko')", [], second),
    ).toBeNull();
    expect(await stage.as(people.agus, () => stage.value("select app.acting_elsewhere()")), "nobody else's").toBeNull();
  }),
);
