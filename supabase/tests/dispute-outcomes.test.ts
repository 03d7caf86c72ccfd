import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack } from "#tests/support/rolled-back.ts";
import { shadowOrder, byLink, read, resolve, statusOf, incidentOf, footprint } from "./disputes-support.ts";

test(
  "an admin resolves: the owner agrees, and the order goes on",
  rolledBack(async (db) => {
    const { token, number, id } = await shadowOrder(db);
    await byLink(db, token);
    const decide = "select app.resolve_dispute($1, $2, $3)";
    for (const who of [people.budi, people.sari, people.auditor])
      expect(await db.stopped(who, decide, [number, "ABUSE", "Sudah ditelepon"])).toBe("DENIED");
    expect(await db.stopped(null, decide, [number, "ABUSE", "Sudah ditelepon"])).toBe("42501");
    expect(await db.stopped(people.admin, decide, ["ORD-2026-999999", "ABUSE", "Sudah ditelepon"])).toBe("NOT_FOUND");
    expect(await db.stopped(people.admin, decide, [number, "PERHAPS", "Sudah ditelepon"])).toBe("REQUIRED");
    for (const note of ["", "  "])
      expect(await db.stopped(people.admin, decide, [number, "ABUSE", note])).toBe("REASON_REQUIRED");
    await resolve(db, number, "OWNER_AGREES");
    expect(await statusOf(db, id)).toEqual({ status: "SUBMITTED", held: false });
    expect(await incidentOf(db, id)).toMatchObject({ state: "CLOSED" });
    expect(await db.value("select done_by from app.tasks where dedup_key = $1", [`dispute/${number}`])).toBe("ADM-001");
    expect(await db.rows("select props from app.mails where kind = 'DISPUTE_RESOLVED'")).toEqual([
      {
        props: {
          store: "Salon Budi Surabaya",
          order: number,
          outcome: "OWNER_AGREES",
          note: "Sudah ditelepon",
          cancelled: "no",
          held: "no",
        },
      },
    ]);
    const before = await footprint(db);
    await resolve(db, number, "OWNER_AGREES");
    expect(await db.stopped(people.admin2, decide, [number, "OWNER_AGREES", "Sekali lagi"])).toBe("STALE");
    expect(await footprint(db)).toBe(before);
    expect(await db.stopped(people.admin2, decide, [number, "ABUSE", "Sudah ditelepon"])).toBe("STALE");
    expect(await read(db, token)).toMatchObject({ dispute: { held: true, outcome: "OWNER_AGREES" } });
    await db.sql.query("set constraints all immediate");
  }),
);

test(
  "a mistake or an abuse cancels the order with its stock and invoice, and it never reaches the ERP",
  rolledBack(async (db) => {
    for (const outcome of ["MISTAKE", "ABUSE"]) {
      const { token, number, id } = await shadowOrder(db);
      await db.as(people.admin, () => db.sql.query("select app.move_order($1, 'APPROVED', '')", [number]));
      const pieces = () =>
        db.value<number>(
          `
            select s.held from app.order_lines l join app.product_stock s on s.product_id = l.product_id
              where l.order_id = $1`,
          [id],
        );
      const taken = await pieces();
      await byLink(db, token);
      await resolve(db, number, outcome);
      expect((await statusOf(db, id))!.status).toBe("CANCELLED");
      expect(await pieces()).toBe(taken - 2);
      expect(await db.value("select status from app.invoices where order_id = $1", [id])).toBe("CANCELLED");
      expect(
        await db.value("select props ->> 'cancelled' from app.mails where dedup_key = $1", [
          `dispute-resolved/${number}`,
        ]),
      ).toBe("yes");
      expect(await db.value("select count(*)::int from jobs.claim_sync(100, false) where order_id = $1", [id])).toBe(0);
      expect(await db.value("select done_at is not null from app.erp_syncs where order_id = $1", [id])).toBe(true);
    }
    await db.sql.query("set constraints all immediate");
  }),
);

test(
  "an order that staff cancelled meanwhile stays cancelled, and out of the ERP, however its dispute is decided",
  rolledBack(async (db) => {
    const { token, number, id } = await shadowOrder(db);
    const due = () =>
      db.value<number>("select count(*)::int from app.erp_syncs where order_id = $1 and done_at is null", [id]);
    await byLink(db, token);
    expect(await due()).toBe(1); // Control: held, it keeps its place.
    await db.as(people.admin, () =>
      db.sql.query("select app.move_order($1, 'CANCELLED', 'atas permintaan')", [number]),
    );
    expect(await due()).toBe(0);
    await resolve(db, number, "OWNER_AGREES");
    expect(await statusOf(db, id)).toEqual({ status: "CANCELLED", held: false });
    expect(await due()).toBe(0);
    expect(await db.rows("select status, sync_status from app.orders where id = $1", [id])).toEqual([
      { status: "CANCELLED", sync_status: "FAILED" },
    ]);
  }),
);

test(
  "an order that is held for two reasons goes on when both are gone; an incident closes with its last dispute",
  rolledBack(async (db) => {
    const [one, two] = [await shadowOrder(db), await shadowOrder(db)];
    await byLink(db, one.token);
    await byLink(db, two.token);
    await db.sql.query("select private.hold_order($1, 'SALESMAN_SUSPENDED', 'ADM-001')", [one.id]);
    await resolve(db, one.number, "OWNER_AGREES");
    expect(await statusOf(db, one.id)).toEqual({ status: "SUBMITTED", held: true });
    expect(await incidentOf(db, one.id)).toMatchObject({ state: "DETECTED" });
    await resolve(db, two.number, "ABUSE");
    expect(await incidentOf(db, two.id)).toMatchObject({ state: "CLOSED" });
    expect(
      await db.rows(
        `
          select kind from app.incident_events e join app.disputes d on d.incident_id = e.incident_id
            where d.order_id = $1 order by e.id`,
        [one.id],
      ),
    ).toEqual(["OPENED", "RAISED", "NOTE", "NOTE", "RESOLVED", "CLOSED"].map((kind) => ({ kind })));
  }),
);
