import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { connect } from "#tests/support/database.ts";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty } from "#tests/support/rolled-back.ts";

describe("no path without its row", () => {
  let owner: pg.Client;
  beforeAll(async () => {
    owner = await connect();
  });

  const change = `
      update app.orders set status = 'PROCESSING' where number = (select number from app.orders
        where status = 'SUBMITTED' and not held limit 1)`;

  test("SQL by hand that moves an order, turns a setting or closes a store commits only with its row", async () => {
    const audited = `
        select private.audit('ORDER_MOVED', 'order', number) from app.orders where status = 'SUBMITTED' and not held
          limit 1`;
    await owner.query("begin");
    await owner.query(change);
    await expect(owner.query("commit")).rejects.toMatchObject({ code: "23514" });
    for (const [statement, row] of [
      [
        "update app.settings set value = '7' where key = 'erp.sync_per_second'",
        "select private.audit('SETTING_CHANGED', 'setting', 'erp.sync_per_second')",
      ],
      [
        "update app.partners set shadow_allowed = false where code = 'PTR-0002'",
        "select private.audit('SHADOW_CONSENT_CHANGED', 'partner', 'PTR-0002')",
      ],
      [change, audited],
    ] as const) {
      await owner.query("begin");
      await owner.query(statement);
      await expect(owner.query("set constraints all immediate")).rejects.toMatchObject({ code: "23514" });
      await owner.query("rollback");
      await owner.query("begin");
      await owner.query(row);
      await owner.query(statement);
      await owner.query("set constraints all immediate");
      await owner.query("rollback");
    }
  });

  test("a row about something else, or of an earlier transaction, is not enough", async () => {
    await owner.query("select private.audit('SETTING_CHANGED', 'setting', 'erp.sync_per_second')");
    for (const row of [
      "select private.audit('SETTING_CHANGED', 'setting', 'stock.buffer.default')",
      "select private.audit('SETTING_CHANGED', 'order', 'erp.sync_per_second')",
    ]) {
      await owner.query("begin");
      await owner.query(row);
      await owner.query("update app.settings set value = '8' where key = 'erp.sync_per_second'");
      await expect(owner.query("set constraints all immediate")).rejects.toMatchObject({ code: "23514" });
      await owner.query("rollback");
    }
  });
});

test(
  "what was and what is: settings, orders, and a cart in Shadow Mode, its emptying too",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    const last = () =>
      db
        .rows("select action, before, after, target_code from app.audit_events order by id desc limit 1")
        .then(([row]) => row);
    await db.as(people.admin, () => db.sql.query("select app.change_setting('erp.sync_per_second', '9', 'Uji coba')"));
    expect(await last()).toMatchObject({ action: "SETTING_CHANGED", before: { value: 5 }, after: { value: 9 } });
    await db.actFor(people.sari, "PTR-0001");
    await db.fill(people.sari, [sku, 2]);
    expect(await last()).toEqual({
      action: "CART_CHANGED",
      before: { quantity: 0 },
      after: { quantity: 2 },
      target_code: "PTR-0001",
    });
    await db.fill(people.sari, [sku, 0]);
    expect(await last()).toEqual({
      action: "CART_CHANGED",
      before: { quantity: 2 },
      after: { quantity: 0 },
      target_code: "PTR-0001",
    });
    const number = await db.buy(people.sari, [sku, 1]);
    await db.as(people.sari, () => db.sql.query("select app.note_whatsapp_opened($1)", [number]));
    expect(await last()).toMatchObject({ action: "WHATSAPP_OPENED", target_code: "PTR-0001" });
    await db.as(people.admin, () => db.sql.query("select app.move_order($1, 'PROCESSING', '')", [number]));
    expect(await last()).toEqual({
      action: "ORDER_MOVED",
      before: { status: "SUBMITTED" },
      after: { status: "PROCESSING" },
      target_code: "PTR-0001",
    });
  }),
);

test(
  "an auditor's reading is a line of the trail; the same reading within five minutes is the same line",
  rolledBack(async (db) => {
    const search = (who: string, filter: object) =>
      db.as(who, () => db.rows("select id, action from app.search_audit($1, null, 50)", [filter]));
    const readings = () =>
      db.value<number>("select count(*)::int from app.audit_events where action = 'AUDIT_READ' and actor_id = $1", [
        people.auditor,
      ]);
    const before = await readings();
    expect(
      (await search(people.auditor, { action: "ACTING_BEGUN", actor: null })).every(
        ({ action }) => action === "ACTING_BEGUN",
      ),
    ).toBe(true);
    await search(people.auditor, { action: "ACTING_BEGUN" });
    expect(await readings()).toBe(before + 1);
    await search(people.auditor, { target: "PTR-0001" });
    expect(await readings()).toBe(before + 2);
    for (const who of [people.admin, people.budi, people.sari]) {
      expect(await db.stopped(who, "select * from app.search_audit('{}', null, 50)")).toBe("DENIED");
      expect(await db.stopped(who, "select app.audit_overview()")).toBe("DENIED");
    }
    for (const who of [people.auditor, people.admin])
      expect(await db.stopped(who, "select from app.audit_events")).toBe("42501");
    // What a search says is data, never SQL.
    expect(await search(people.auditor, { key: "x' or true --" })).toEqual([]);
  }),
);
