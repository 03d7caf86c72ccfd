import { describe, expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, refusedFor } from "#tests/support/rolled-back.ts";
import {
  type Said,
  decide,
  placed,
  said,
  short,
  checkedAt,
  resolve,
  refusal,
  outlook,
  choices,
  shortOrder,
} from "./reconcile-support.ts";

describe("what can be decided follows from what the ERP said", () => {
  type Case = [name: string, said: Omit<Said, "difference"> & { difference?: object | "one 3" | "all" }, string[]];
  const cases: Case[] = [
    ["SHORT", { result: "SHORT", difference: "one 3" }, ["ACCEPT", "CANCEL", "CUT", "PREORDER"]],
    ["SHORT of everything", { result: "SHORT", difference: "all" }, ["ACCEPT", "CANCEL", "PREORDER"]],
    ["CREDIT_FAILED", { result: "CREDIT_FAILED", difference: { credit: "limit terlampaui" } }, ["ACCEPT", "CANCEL"]],
    ["DUPLICATE", { result: "DUPLICATE", documents: ["SO-1", "SO-2"] }, ["ACCEPT", "CANCEL", "RETRY"]],
    ["ERROR, refused", { result: "ERROR", documents: [], error: "toko tidak dikenal" }, ["CANCEL", "KEYED", "RETRY"]],
    ["ERROR, another price", { result: "ERROR", difference: { total: 5000 } }, ["ACCEPT", "CANCEL", "KEYED", "RETRY"]],
    [
      "ERROR, another store's document",
      { result: "ERROR", difference: { partner: "PTR-0009" } },
      ["CANCEL", "KEYED", "RETRY"],
    ],
  ];
  test.each(cases)("%s", (_, said_, expected) =>
    rolledBack(async (db) => {
      const order = await placed(db);
      const difference =
        said_.difference === "one 3"
          ? short(order.one, 3)
          : said_.difference === "all"
            ? short(order.one, 10, [{ sku: order.two, missing: 4, price: 0 }])
            : said_.difference;
      await said(db, order.id, { ...said_, difference });
      expect(await choices(db, order.id)).toEqual(expected);
      for (const resolution of ["ACCEPT", "CUT", "PREORDER", "CANCEL", "RETRY", "KEYED"]) {
        const stopped = await refusal(db, order, resolution, { document: "SO-1", note: "Sudah ditelepon" });
        expect([resolution, stopped]).toEqual([resolution, expected.includes(resolution) ? null : "STALE"]);
      }
    })(),
  );

  test(
    "what has been shipped is not cut or cancelled any more",
    rolledBack(async (db) => {
      const order = await placed(db);
      for (const status of ["APPROVED", "SHIPPED"])
        await db.as(people.admin, () => db.sql.query("select app.move_order($1, $2, '')", [order.number, status]));
      await said(db, order.id, { result: "SHORT", difference: short(order.one, 3) });
      expect(await choices(db, order.id)).toEqual(["ACCEPT"]);
    }),
  );
});

test(
  "another comparison meanwhile is STALE: what was looked at is not what would be decided",
  rolledBack(async (db) => {
    const order = await shortOrder(db);
    const seen = await checkedAt(db, order.id);
    for (const at of [null, "2026-01-01 00:00:00+00"])
      expect(await db.stopped(people.admin, decide, [order.number, "CUT", "", "", at])).toBe("STALE");
    expect(await db.stopped(people.admin, decide, [order.number, "CUT", "", "", seen])).toBeNull();
  }),
);

test(
  "only an admin decides, and only he and the auditor see what can be decided",
  rolledBack(async (db) => {
    const order = await shortOrder(db);
    const at = await checkedAt(db, order.id);
    for (const who of [people.budi, people.maya, people.sari, people.auditor])
      expect(await db.stopped(who, decide, [order.number, "CUT", "", "", at])).toBe("DENIED");
    for (const who of [people.budi, people.sari])
      expect(await db.as(who, () => db.value("select private.reconcile_outlook($1)", [order.id]))).toBeNull();
    expect((await outlook(db, order.id, people.auditor)).choices).toContain("CUT");
    expect(await db.stopped(null, decide, [order.number, "CUT", "", "", at])).toBe("42501");
    expect(await db.stopped(people.admin, decide, [order.number, "CUT", "", "", at], crypto.randomUUID())).toBe(
      "28000",
    );
    expect(await db.stopped(people.admin, decide, ["ORD-2026-999999999", "CUT", "", "", at])).toBe("NOT_FOUND");
    for (const resolution of [null, "BURN"])
      expect(await db.stopped(people.admin, decide, [order.number, resolution, "", "", at])).toBe("RESOLUTION");
    expect(await db.stopped(people.admin, decide, [order.number, "CUT", "", "", at])).toBeNull();
    await db.as(people.admin, async () => undefined);
    await db.sql.query("update app.accounts set status = 'SUSPENDED' where id = $1", [people.admin]);
    expect(await db.stopped(people.admin, decide, [order.number, "CUT", "", "", at])).toBe("28000");
  }),
);

test(
  "nothing leaves before staff has decided",
  rolledBack(async (db) => {
    const order = await shortOrder(db, { approved: true });
    const ship = "select app.move_order($1, 'SHIPPED', '')";
    await expect(db.as(people.admin, () => db.sql.query(ship, [order.number]))).rejects.toMatchObject({
      ...refusedFor("STALE"),
      detail: expect.stringContaining('"undecided": true'),
    });
    await resolve(db, order, "PREORDER");
    expect(await db.stopped(people.admin, ship, [order.number])).toBeNull();
  }),
);
