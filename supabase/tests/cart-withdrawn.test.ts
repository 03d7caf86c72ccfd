import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb, refusalOf, refusedFor } from "#tests/support/rolled-back.ts";
import { set, quote, cart, nameOf, withdraw, unprice, place, filled } from "./cart-support.ts";

const badge = (db: TestDb) =>
  db.as(people.budi, () => db.value<number>("select (app.viewer_context() ->> 'cartLines')::int"));

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
