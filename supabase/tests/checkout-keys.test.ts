import { expect, test } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { rolledBack, plenty, refusalOf } from "#tests/support/rolled-back.ts";

test(
  "the same key is the same order; with another cart it is refused",
  rolledBack(async (db) => {
    const [one, two] = await plenty(db);
    const key = crypto.randomUUID();
    await db.fill(people.budi, [one, 2]);
    const first = await db.order(people.budi, key);
    expect(await db.order(people.budi, key)).toBe(first);
    await db.fill(people.budi, [two, 1]);
    const place = "select app.place_order($1, null, '', false)";
    expect(await db.stopped(people.budi, place, [key])).toBe("KEY_REUSED");
    expect(await db.stopped(people.budi, place, [crypto.randomUUID()])).toBeNull();
    expect(await db.value("select count(*)::int from app.orders where checkout_key = $1", [key])).toBe(1);
    // Somebody else's key is nobody's business.
    await db.fill(people.maya, [two, 1]);
    expect(await db.order(people.maya, key)).not.toBe(first);
  }),
);

test(
  "the same key with another note, pre-order or cart is refused by its order's number; with the same it is that order",
  rolledBack(async (db) => {
    const [one, two] = await plenty(db);
    const key = crypto.randomUUID();
    const place = (note: string, preorder: boolean) =>
      db
        .as(people.budi, () =>
          db.value<Record<string, unknown>>("select app.place_order($1, null, $2, $3)", [key, note, preorder]),
        )
        .catch(refusalOf);
    await db.fill(people.budi, [one, 2]);
    const number = String((await place("Antar pagi", true)).number);
    const keyed = (...differs: string[]) => ({ reason: "KEY_REUSED", number, differs });
    const tries: Array<[string, boolean, object]> = [
      ["Antar sore", true, keyed("note")],
      ["", true, keyed("note")],
      ["Antar pagi", false, keyed("preorder")],
      ["Antar sore", false, keyed("note", "preorder")],
      ["Antar pagi", true, { number, light: "GREEN", repeated: true }],
    ];
    for (const [note, preorder, answer] of tries)
      expect([note, preorder, await place(note, preorder)]).toEqual([note, preorder, answer]);
    await db.fill(people.budi, [two, 1]);
    expect(await place("Antar sore", true)).toEqual(keyed("cart", "note"));
    expect(
      await db.rows("select number, note, preorder_agreed from app.orders where checkout_key = $1", [key]),
    ).toEqual([{ number, note: "Antar pagi", preorder_agreed: true }]);
  }),
);

test(
  "an empty cart says which order it went out as: to whose cart it was, until something is put in, and for a day",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    const ordered = (who: string) =>
      db.as(who, () => db.value<{ number: string } | null>("select app.quote() -> 'ordered'"));
    const empty = (who: string) => db.order(who).then(() => null, refusalOf);
    await db.sql.query("update app.orders set created_at = created_at - interval '2 days' where partner_id = $1", [
      stores.budi,
    ]);
    await db.sql.query("select private.audit('ORDER_MOVED', 'order', number) from app.orders where partner_id = $1", [
      stores.budi,
    ]);
    expect([await ordered(people.budi), await empty(people.budi)]).toEqual([null, { reason: "EMPTY_CART" }]);
    await db.actFor(people.sari, "PTR-0001");
    await db.fill(people.sari, [sku, 1]);
    expect(await ordered(people.sari)).toBeNull();
    const number = await db.as(people.sari, () =>
      db
        .value<{ number: string }>("select app.place_order(gen_random_uuid(), null, 'Antar pagi', false)")
        .then((placed) => placed.number),
    );
    expect(await ordered(people.sari)).toMatchObject({ number });
    // By a form with another key, of another tab.
    expect(await empty(people.sari)).toEqual({ reason: "EMPTY_CART", number });
    // The owner's cart is another one.
    expect([await ordered(people.budi), await empty(people.budi)]).toEqual([null, { reason: "EMPTY_CART" }]);
    const age = (interval: string) =>
      db.sql.query("update app.orders set created_at = now() - $2::interval where number = $1", [number, interval]);
    await db.sql.query("update app.carts set updated_at = now() - interval '2 days' where author_id = $1", [
      people.sari,
    ]);
    await age("23 hours 59 minutes");
    expect(await ordered(people.sari)).toMatchObject({ number });
    await age("24 hours");
    expect(await ordered(people.sari)).toBeNull();
    await age("5 minutes");
    expect(await ordered(people.sari)).toMatchObject({ number });
    await db.fill(people.sari, [sku, 1]);
    expect(await ordered(people.sari)).toBeNull();
    await db.fill(people.sari, [sku, 0]); // Emptied by hand: this cart did not go out.
    expect([await ordered(people.sari), await empty(people.sari)]).toEqual([null, { reason: "EMPTY_CART" }]);
  }),
);
