import { describe, expect, test } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb } from "#tests/support/rolled-back.ts";
import { move, idOf, mails, whats, ownOrder, shadowOrder } from "./orders-told-support.ts";

test(
  "a store's own order is confirmed to it, with its lines, in its language; a salesman's is not: its owner is alerted",
  rolledBack(async (db) => {
    await db.sql.query("update app.accounts set language = 'en' where id = $1", [people.maya]);
    const [own, hers, shadow] = [await ownOrder(db), await ownOrder(db, people.maya), await shadowOrder(db)];
    const [mail, ...more] = await mails(db, own);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      kind: "ORDER_RECEIVED",
      recipient: "budi@demo.test",
      language: "id",
      props: { store: "Salon Budi Surabaya", order: own, light: "GREEN", degraded: "no", path: `/orders/${own}` },
    });
    expect(mail!.props.lines).toMatchObject([{ quantity: expect.any(Number), price: expect.any(Number) }, {}]);
    expect(await mails(db, hers)).toMatchObject([
      { kind: "ORDER_RECEIVED", recipient: "maya@demo.test", language: "en" },
    ]);
    expect(await mails(db, shadow)).toEqual([]);
    expect(
      await db.value("select count(*)::int from app.shadow_alerts where order_id = $1 and channel = 'EMAIL'", [
        await idOf(db, shadow),
      ]),
    ).toBe(1);
  }),
);

test(
  "approved and shipped by staff: a mail each, once, and none for steps that a store need not know",
  rolledBack(async (db) => {
    const number = await ownOrder(db);
    for (const status of ["PROCESSING", "APPROVED", "SHIPPED", "COMPLETED"])
      await move(db, number, status, "Catatan kantor");
    expect(await whats(db, number)).toEqual(["ORDER_RECEIVED", "APPROVED", "SHIPPED"]);
    expect((await mails(db, number))[1]).toMatchObject({
      props: { note: "", waits: "no", path: `/orders/${number}` },
    }); // Staff's words stay in staff.
  }),
);

test(
  "a decision about credit brings its note to the store, one by one and fifty at once",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    await db.sql.query("update app.partner_credit set outstanding = 1000000000");
    const numbers: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      await db.fill(people.budi, [sku, 1]);
      numbers.push(await db.order(people.budi));
    }
    const total = await db.value<number>("select total from app.orders where number = $1", [numbers[0]]);
    await db.as(people.admin, () =>
      db.sql.query("select app.decide_credit($1, 'REJECTED', 'Lunasi dulu INV-1', $2)", [numbers[0], total]),
    );
    await db.as(people.admin, () =>
      db.sql.query("select app.decide_credits($1, 'Terima kasih')", [
        JSON.stringify(numbers.slice(1).map((number) => ({ number, total }))),
      ]),
    );
    expect((await mails(db, numbers[0]!)).at(-1)).toMatchObject({
      kind: "ORDER_CHANGED",
      props: { what: "REJECTED", note: "Lunasi dulu INV-1" },
    });
    for (const number of numbers.slice(1))
      expect((await mails(db, number)).at(-1)).toMatchObject({
        props: { what: "APPROVED", note: "Terima kasih" },
      });
  }),
);

describe("whatever path changes an order, its owner is written to in the same transaction", () => {
  const paths: Array<[string, string, string[]]> = [
    ["approved", "update app.orders set status = 'APPROVED' where number = $1", ["APPROVED"]],
    ["rejected", "update app.orders set status = 'REJECTED' where number = $1", ["REJECTED"]],
    ["shipped", "update app.orders set status = 'SHIPPED' where number = $1", ["SHIPPED"]],
    ["cancelled", "update app.orders set status = 'CANCELLED' where number = $1", ["CANCELLED"]],
    ["held", "update app.orders set held = true where number = $1", ["HELD"]],
    ["cut", "update app.orders set total = total - 1000 where number = $1", ["CUT"]],
    [
      "approved and cut at once",
      "update app.orders set status = 'APPROVED', total = total - 1000 where number = $1",
      ["APPROVED", "CUT"],
    ],
    [
      "touched and not changed",
      "update app.orders set status = status, held = held, total = total, note = 'x' where number = $1",
      [],
    ],
  ];
  test.each(paths)("%s by SQL", (_, text, expected) =>
    rolledBack(async (db) => {
      const number = await ownOrder(db);
      await db.sql.query("with noted as (select private.audit('ORDER_MOVED', 'order', $1)) select from noted", [
        number,
      ]);
      const before = await whats(db, number);
      await db.sql.query(text, [number]);
      expect((await whats(db, number)).slice(before.length)).toEqual(expected);
    })(),
  );

  test(
    "undone, nobody was told",
    rolledBack(async (db) => {
      const number = await ownOrder(db);
      await db.atCommit();
      await db.sql.query("savepoint before");
      await move(db, number, "APPROVED");
      expect(await whats(db, number)).toEqual(["ORDER_RECEIVED", "APPROVED"]);
      await db.sql.query("rollback to savepoint before");
      expect(await whats(db, number)).toEqual(["ORDER_RECEIVED"]);
    }),
  );

  test(
    "what has ended is neither held nor let go for its owner",
    rolledBack(async (db) => {
      const number = await ownOrder(db);
      await move(db, number, "CANCELLED", "Salah pesan");
      await db.sql.query("update app.orders set held = true where number = $1", [number]);
      expect(await whats(db, number)).toEqual(["ORDER_RECEIVED", "CANCELLED"]);
    }),
  );
});

describe("«Mohon tunggu konfirmasi WA» is somebody's duty", () => {
  const duties = (db: TestDb, number: string) =>
    db.rows<{ id: number; due: boolean; by: string | null; note: string | null }>(
      `
        select t.id, t.due_at = t.opened_at + interval '4 hours' as due, t.done_by as by, t.note from app.tasks t
          where t.kind = 'TELL_STORE' and t.order_id = (select id from app.orders where number = $1)`,
      [number],
    );
  const outage = (db: TestDb) =>
    db.sql.query(
      `
        update app.erp_circuit set state = 'OPEN', since = now() - interval '1 minute',
          last_ok_at = now() - interval '1 minute'`,
    );
  const tell = "select app.tell_store($1)";

  test(
    "each order that is taken while the ERP is away opens one, with a time; others do not",
    rolledBack(async (db) => {
      const calm = await ownOrder(db);
      await outage(db);
      const [own, shadow] = [await ownOrder(db, people.maya), await shadowOrder(db)];
      expect(await duties(db, calm)).toEqual([]);
      for (const number of [own, shadow]) expect(await duties(db, number)).toMatchObject([{ due: true, by: null }]);
      expect(await mails(db, own), "the confirmation repeats what the banner promised").toMatchObject([
        { kind: "ORDER_RECEIVED", props: { degraded: "yes" } },
      ]);
      expect(await db.value("select subject_code from app.tasks where id = $1", [(await duties(db, own))[0]!.id])).toBe(
        "PTR-0002",
      );
    }),
  );

  test(
    "opening WhatsApp does it, and the history says opened, once in five minutes; only an admin's does",
    rolledBack(async (db) => {
      await outage(db);
      const number = await ownOrder(db);
      for (const who of [people.budi, people.maya, people.sari, people.auditor])
        expect(await db.stopped(who, tell, [number])).toBe("DENIED");
      expect(await db.stopped(null, tell, [number])).toBe("42501");
      expect(await db.stopped(people.admin, tell, ["ORD-2026-999999"])).toBe("NOT_FOUND");
      const phone = await db.value("select owner_whatsapp from app.partner_contacts where partner_id = $1", [
        stores.budi,
      ]);
      for (let n = 0; n < 2; n += 1) expect(await db.as(people.admin, () => db.value(tell, [number]))).toBe(phone);
      expect(await duties(db, number)).toMatchObject([{ by: "ADM-001", note: "WHATSAPP_OPENED" }]);
      expect(
        await db.rows(
          "select kind, actor, detail from app.order_events where order_id = $1 and kind like '%WHATSAPP%'",
          [await idOf(db, number)],
        ),
      ).toEqual([{ kind: "STORE_WHATSAPP_OPENED", actor: "Admin HQ", detail: {} }]);
      expect(
        await db.rows(
          `
            select actor_code, target_code, detail from app.audit_events where action = 'WHATSAPP_OPENED'
              and entity_key = $1`,
          [number],
        ),
      ).toEqual([{ actor_code: "ADM-001", target_code: "PTR-0001", detail: { to: "store" } }]);
    }),
  );

  test(
    "told by telephone instead, it is closed by hand, with a word",
    rolledBack(async (db) => {
      await outage(db);
      const number = await ownOrder(db);
      const [duty] = await duties(db, number);
      await db.as(people.admin, () => db.sql.query("select app.close_task($1, 'Sudah ditelepon', null)", [duty!.id]));
      expect(await duties(db, number)).toMatchObject([{ by: "ADM-001", note: "Sudah ditelepon" }]);
    }),
  );
});
