import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb, refusalOf, refusedFor } from "#tests/support/rolled-back.ts";

type Line = { sku: string; quantity?: number; shown?: number | null; add?: number };
type Quote = {
  lines: Array<{ sku: string; quantity: number; total: number }>;
  withdrawn: Array<{ sku: string; name: string; quantity: number; reason: string }>;
  total: number;
  pieces: number;
  digest: string;
  note: string;
  preorder: boolean;
};

const set = (db: TestDb, lines: Line[], who = people.budi) =>
  db.as(who, () => db.value<number>("select app.set_cart($1)", [JSON.stringify(lines)]));
const refused = (db: TestDb, lines: Line[]) => set(db, lines).then(() => null, refusalOf);
const quote = (db: TestDb, who = people.budi) => db.as(who, () => db.value<Quote>("select app.quote()"));
const cart = async (db: TestDb, who = people.budi) =>
  Object.fromEntries(
    (
      await db.rows<{ sku: string; quantity: number }>(
        `
          select p.sku, i.quantity from app.cart_items i join app.products p on p.id = i.product_id
            where author_id = $1 order by 1`,
        [who],
      )
    ).map(({ sku, quantity }) => [sku, quantity]),
  );
const nameOf = (db: TestDb, sku: string) => db.value<string>("select name from app.products where sku = $1", [sku]);
const withdraw = (db: TestDb, sku: string, active = false) =>
  db.sql.query("update app.products set active = $2 where sku = $1", [sku, active]);
const unprice = (db: TestDb, sku: string) =>
  db.sql.query("delete from app.prices where product_id = (select id from app.products where sku = $1)", [sku]);
const place = (db: TestDb, digest: string | null = null) =>
  db.as(people.budi, () =>
    db.value<{ number: string }>("select app.place_order(gen_random_uuid(), $1, '', false)", [digest]),
  );
const badge = (db: TestDb) =>
  db.as(people.budi, () => db.value<number>("select (app.viewer_context() ->> 'cartLines')::int"));

async function filled(db: TestDb) {
  const skus = await plenty(db);
  await db.sql.query("delete from app.cart_items");
  const [one, two, three] = skus;
  await db.fill(people.budi, [one, 1], [two, 2], [three, 3]);
  return { one, two, three, other: skus[3] };
}

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

for (const [how, reason, take] of [
  ["withdrawn", "WITHDRAWN", withdraw],
  ["without a price", "UNPRICED", unprice],
] as const) {
  test(
    `an article that is ${how} stays in the cart, named and uncounted; the checkout names it too`,
    rolledBack(async (db) => {
      const { one, two, three, other } = await filled(db);
      const shown = await quote(db);
      await take(db, two);
      const now = await quote(db);
      expect(now.withdrawn).toMatchObject([{ sku: two, name: await nameOf(db, two), quantity: 2, reason }]);
      expect(now.lines.map(({ sku }) => sku).sort()).toEqual([one, three].sort());
      expect(now.pieces).toBe(4);
      expect(now.total).toBe(now.lines.reduce((sum, { total }) => sum + total, 0));
      expect(await badge(db), "the badge counts what the cart shows").toBe(now.lines.length + now.withdrawn.length);

      const lines = [{ sku: two, name: await nameOf(db, two), reason }];
      for (const digest of [null, shown.digest, now.digest]) {
        await expect(place(db, digest)).rejects.toMatchObject(refusedFor("WITHDRAWN"));
        expect(await place(db, digest).catch(refusalOf)).toEqual({ reason: "WITHDRAWN", lines });
      }
      expect(await cart(db)).toEqual({ [one]: 1, [two]: 2, [three]: 3 });

      // No more of it, and none of it anew.
      await take(db, other);
      const put = "select app.put_in_cart($1, 1, $2)";
      expect(await db.stopped(people.budi, put, [two, "add"])).toBe("WITHDRAWN");
      expect(await db.stopped(people.budi, put, [other, "add"])).toBe(
        reason === "UNPRICED" ? "WITHDRAWN" : "NOT_FOUND",
      );
      expect(await db.stopped(people.maya, put, [two, "add"])).toBe(reason === "UNPRICED" ? "WITHDRAWN" : "NOT_FOUND");
      // Out it may, and then the order goes.
      expect(await set(db, [{ sku: two, quantity: 0 }])).toBe(1);
      expect((await quote(db)).withdrawn).toEqual([]);
      const { number } = await place(db, now.digest);
      expect(
        await db.rows(
          "select sku from app.order_lines l join app.orders o on o.id = l.order_id where number = $1 order by 1",
          [number],
        ),
      ).toEqual([one, three].sort().map((sku) => ({ sku })));
    }),
  );
}

test(
  "a cart of nothing but withdrawn articles is not empty",
  rolledBack(async (db) => {
    const { one, two, three } = await filled(db);
    for (const sku of [one, two, three]) await withdraw(db, sku);
    const now = await quote(db);
    expect(now).toMatchObject({ lines: [], total: 0, pieces: 0 });
    expect(now.withdrawn).toHaveLength(3);
    await expect(place(db)).rejects.toMatchObject(refusedFor("WITHDRAWN"));
  }),
);

test(
  "back for sale it is a line like any other, and what was shown without it does not go",
  rolledBack(async (db) => {
    const { two } = await filled(db);
    await withdraw(db, two);
    const without = await quote(db);
    await withdraw(db, two, true);
    await expect(place(db, without.digest)).rejects.toMatchObject(refusedFor("STALE"));
    const now = await quote(db);
    expect(now.withdrawn).toEqual([]);
    expect(now.lines).toHaveLength(3);
    expect(await db.stopped(people.budi, "select app.put_in_cart($1, 3, 'set')", [two])).toBeNull();
  }),
);

test(
  "an article that lies in a cart cannot be deleted out of it",
  rolledBack(async (db) => {
    const { two } = await filled(db);
    const gone = await db.sql
      .query("savepoint s")
      .then(() => db.sql.query("delete from app.products where sku = $1", [two]))
      .then(
        () => null,
        ({ code }: { code: string }) => code,
      );
    await db.sql.query("rollback to savepoint s");
    expect(gone).toBe("23503");
    expect(await cart(db)).toMatchObject({ [two]: 2 });
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
