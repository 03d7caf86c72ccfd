import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb, refusalOf } from "#tests/support/rolled-back.ts";
import { type Line, set, quote, cart, nameOf, withdraw, unprice, place, filled } from "./cart-support.ts";

const refused = (db: TestDb, lines: Line[]) => set(db, lines).then(() => null, refusalOf);

test(
  "a page of quantities is saved whole; 0 takes a line out, what was not touched is not written",
  rolledBack(async (db) => {
    const { one, two, three, other } = await filled(db);
    expect(
      await set(db, [
        { sku: one, quantity: 5, shown: 1 },
        { sku: two, quantity: 0, shown: 2 },
        { sku: three, quantity: 3, shown: 3 },
      ]),
    ).toBe(2);
    expect(await cart(db)).toEqual({ [one]: 5, [three]: 3 });
    expect(
      await set(db, [
        { sku: one, add: 2 },
        { sku: other, add: 7 },
      ]),
    ).toBe(2);
    expect(await cart(db)).toEqual({ [one]: 7, [three]: 3, [other]: 7 });
    expect(await set(db, [{ sku: other, quantity: 4 }]), "a script does not say what it saw").toBe(1);
    expect(await set(db, [])).toBe(0);
    expect(await cart(db)).toEqual({ [one]: 7, [three]: 3, [other]: 4 });
  }),
);

test(
  "all of it or nothing, and every line that stands in the way is named",
  rolledBack(async (db) => {
    const { one, two, three, other } = await filled(db);
    const before = await cart(db);
    await withdraw(db, three);
    await unprice(db, other);
    const answer = await refused(db, [
      { sku: one, quantity: 9, shown: 1 },
      { sku: two, quantity: 10_000, shown: 2 },
      { sku: three, quantity: 4, shown: 3 },
      { sku: other, add: 1 },
      { sku: "NO-SUCH", quantity: 1 },
    ]);
    expect(answer).toMatchObject({ reason: "CART_LINES" });
    expect(answer!.lines).toEqual(
      expect.arrayContaining([
        { sku: two, name: await nameOf(db, two), reason: "RANGE", there: 2 },
        { sku: three, name: await nameOf(db, three), reason: "WITHDRAWN", there: 3 },
        { sku: other, name: await nameOf(db, other), reason: "UNPRICED", there: 0 },
        { sku: "NO-SUCH", name: null, reason: "UNKNOWN", there: 0 },
      ]),
    );
    expect(answer!.lines).toHaveLength(4);
    expect(await cart(db)).toEqual(before);
    expect((await refused(db, [{ sku: one, add: 9999 }]))!.lines).toMatchObject([{ reason: "RANGE", there: 1 }]);
  }),
);

test(
  "a line that another tab changed is not overwritten in silence",
  rolledBack(async (db) => {
    const { one, two, three } = await filled(db);
    await db.fill(people.budi, [one, 8], [two, 6], [three, 0]);
    expect(
      await refused(db, [
        { sku: one, quantity: 4, shown: 1 },
        { sku: two, quantity: 6, shown: 2 },
        { sku: three, quantity: 5, shown: 3 },
      ]),
    ).toEqual({
      reason: "CART_LINES",
      lines: expect.arrayContaining([
        { sku: one, name: await nameOf(db, one), reason: "CHANGED", there: 8 },
        { sku: three, name: await nameOf(db, three), reason: "CHANGED", there: 0 },
      ]),
    });
    expect(await set(db, [{ sku: one, quantity: 1, shown: 1 }]), "not touched here, so the other tab's stays").toBe(0);
    expect(
      await set(db, [
        { sku: one, quantity: 4, shown: 8 },
        { sku: three, quantity: 5, shown: 0 },
      ]),
      "with open eyes",
    ).toBe(2);
    expect(await cart(db)).toEqual({ [one]: 4, [two]: 6, [three]: 5 });
  }),
);

test(
  "a cart holds 200 lines: what is taken out makes room first",
  rolledBack(async (db) => {
    await filled(db);
    const skus = (
      await db.rows<{ sku: string }>(
        `
          select sku from app.products p where active and exists (select from app.prices r where r.product_id = p.id
            and r.tier = 'GOLD') order by id limit 201`,
      )
    ).map(({ sku }) => sku);
    await set(
      db,
      skus.slice(0, 200).map((sku) => ({ sku, quantity: 1 })),
    );
    expect(await refused(db, [{ sku: skus[200]!, add: 1 }])).toMatchObject({ reason: "CART_FULL", field: "sku" });
    expect(
      await set(db, [
        { sku: skus[200]!, add: 1 },
        { sku: skus[0]!, quantity: 0, shown: 1 },
      ]),
    ).toBe(2);
  }),
);

test(
  "only who has a store has a cart to set, and in Shadow Mode each line is in the trail",
  rolledBack(async (db) => {
    const { one, two } = await filled(db);
    for (const who of [people.sari, people.admin])
      expect(await db.stopped(who, "select app.set_cart('[]')")).toBe("DENIED");
    expect(await db.stopped(null, "select app.set_cart('[]')")).toBe("42501");
    await db.actFor(people.sari, "PTR-0001");
    await set(
      db,
      [
        { sku: one, add: 2 },
        { sku: two, add: 3 },
      ],
      people.sari,
    );
    await set(db, [{ sku: one, quantity: 0, shown: 2 }], people.sari);
    const trail = await db.rows(
      `
        select entity_key, after from app.audit_events where actor_id = $1 and action = 'CART_CHANGED'
          and xid = pg_current_xact_id() order by id`,
      [people.sari],
    );
    expect(trail).toHaveLength(3);
    expect(trail.at(-1)).toEqual({ entity_key: one, after: { quantity: 0 } });
    expect(await cart(db)).toMatchObject({ [one]: 1, [two]: 2 });
  }),
);

test(
  "what was written at the checkout is kept until the order is sent, by its author alone",
  rolledBack(async (db) => {
    await filled(db);
    const keep = "select app.keep_checkout($1, $2)";
    await db.as(people.budi, () => db.sql.query(keep, ["Antar pagi", true]));
    expect(await quote(db)).toMatchObject({ note: "Antar pagi", preorder: true });
    await db.actFor(people.sari, "PTR-0001");
    expect(await quote(db, people.sari)).toMatchObject({ note: "", preorder: false });
    expect(await quote(db, people.maya)).toMatchObject({ note: "", preorder: false });
    await db.as(people.sari, () =>
      db.sql.query("select app.set_cart('[]')").then(() => db.sql.query(keep, ["Titip di tetangga", false])),
    );
    expect(await quote(db, people.sari)).toMatchObject({ note: "Titip di tetangga" });
    expect(await quote(db)).toMatchObject({ note: "Antar pagi" });
    expect(
      await db.value(
        `
          select count(*)::int from app.audit_events where actor_id = $1 and action = 'CART_CHANGED'
            and xid = pg_current_xact_id()`,
        [people.sari],
      ),
    ).toBe(1);
    expect(await db.stopped(people.budi, keep, ["x".repeat(501), false])).toBe("TOO_LONG");
    expect(await db.stopped(people.admin, keep, ["", false])).toBe("DENIED");
    await place(db);
    expect(await quote(db)).toMatchObject({ note: "", preorder: false });
  }),
);
