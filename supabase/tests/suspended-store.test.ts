import { describe, expect, test } from "vitest";
import { connect, openLogin, seededDatabase, untilItWaits } from "#tests/support/database.ts";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb, reasonOf, refusedFor } from "#tests/support/rolled-back.ts";

const suspend = "select app.suspend_account('PTR-0001', 'Tagihan menunggak')";
const release = "select app.release_held_order($1, $2, 'STORE_SUSPENDED')";
const move = (db: TestDb, number: string, status: string) =>
  db.as(people.admin, () => db.sql.query("select app.move_order($1, $2, 'Catatan kantor')", [number, status]));
const orderOf = async (db: TestDb, number: string) =>
  (
    await db.rows<{ id: number; status: string; held: boolean; reasons: string[] }>(
      `
  select o.id, o.status, o.held, array(select h.reason from app.order_holds h where h.order_id = o.id
    and h.released_at is null order by 1) as reasons
    from app.orders o where o.number = $1`,
      [number],
    )
  )[0]!;

/** Orders of Budi's store in every state, and one of another store. Budi's orders before these are out of the way. */
async function orders(db: TestDb) {
  const [sku] = await plenty(db);
  const place = async (who: string, ...statuses: string[]) => {
    const number = await db.buy(who, [sku, 1]);
    for (const status of statuses) await move(db, number, status);
    return number;
  };
  const made = {
    fresh: await place(people.budi),
    processing: await place(people.budi, "PROCESSING"),
    approved: await place(people.budi, "APPROVED"),
    shipped: await place(people.budi, "APPROVED", "SHIPPED"),
    cancelled: await place(people.budi, "CANCELLED"),
    others: await place(people.maya),
  };
  await db.atCommit();
  return made;
}

describe("a suspended store's open orders stand still until somebody decides", () => {
  test(
    "held with the suspension, whoever placed them; what has left or ended, and other stores', are not",
    rolledBack(async (db) => {
      const { fresh, processing, approved, shipped, cancelled, others } = await orders(db);
      await db.actFor(people.sari, "PTR-0001");
      const shadow = await db.buy(people.sari, [(await plenty(db))[0], 1]);
      await db.as(people.admin, () => db.sql.query(suspend));
      await db.atCommit();
      for (const number of [fresh, processing, approved, shadow])
        expect(await orderOf(db, number)).toMatchObject({ held: true, reasons: ["STORE_SUSPENDED"] });
      for (const number of [shipped, cancelled, others])
        expect(await orderOf(db, number)).toMatchObject({ held: false, reasons: [] });
      expect(await db.rows("select distinct placed_by from app.order_holds where reason = 'STORE_SUSPENDED'")).toEqual([
        { placed_by: "ADM-001" },
      ]);
      // Every move of staff is refused by the database, but the end.
      for (const status of ["PROCESSING", "APPROVED"])
        expect(await db.stopped(people.admin, "select app.move_order($1, $2, '')", [fresh, status])).toBe("STALE");
      expect(await db.stopped(people.admin, "select app.move_order($1, 'SHIPPED', '')", [approved])).toBe("STALE");
      await db.sql.query("savepoint raw");
      await expect(
        db.sql.query("update app.orders set status = 'SHIPPED' where number = $1", [approved]),
      ).rejects.toMatchObject(refusedFor("STALE"));
      await db.sql.query("rollback to savepoint raw");
      await move(db, others, "APPROVED"); // The control.
    }),
  );

  test(
    "nothing of it goes to the ERP meanwhile; what is there already becomes somebody's task to stop",
    rolledBack(async (db) => {
      const { fresh, approved, others } = await orders(db);
      await db.sql.query(
        `
          update app.erp_syncs set done_at = now() where order_id not in (select id from app.orders
            where number = any ($1))`,
        [[fresh, others]],
      );
      await db.sql.query(
        `
          update app.orders set sync_status = 'SYNCED', synced_at = now(), erp_document = 'SO-' || number
            where number = $1`,
        [approved],
      );
      await db.as(people.admin, () => db.sql.query(suspend));
      const claim = () => db.rows<{ order_id: number }>("select order_id from jobs.claim_sync(10, false)");
      expect((await claim()).map(({ order_id }) => order_id)).toEqual([(await orderOf(db, others)).id]);
      expect(
        await db.rows(
          `
            select order_id from app.tasks where kind = 'STOP_ORDER_IN_ERP' and done_at is null
              and dedup_key like 'stop-in-erp/' || $1`,
          [approved],
        ),
      ).toHaveLength(1);
      await db.as(people.admin, () => db.sql.query(release, [fresh, "Sudah dibayar"]));
      expect(
        (await claim()).map(({ order_id }) => order_id),
        "decided: it goes on",
      ).toEqual([(await orderOf(db, fresh)).id]);
    }),
  );

  test(
    "an admin decides each, with a word: it goes on, the store still suspended, or is cancelled; both are in the trail",
    rolledBack(async (db) => {
      const { fresh, approved } = await orders(db);
      await db.as(people.admin, () => db.sql.query(suspend));
      await db.atCommit();
      for (const who of [people.maya, people.sari, people.auditor])
        expect(await db.stopped(who, release, [fresh, "Sudah dibayar"])).toBe("DENIED");
      for (const note of ["", " x ", null])
        expect(await db.stopped(people.admin, release, [fresh, note])).toBe("REASON_REQUIRED");
      expect(
        await db.stopped(people.admin, "select app.release_held_order($1, 'Sudah dibayar')", [fresh]),
        "not held for its salesman",
      ).toBe("STALE");
      await db.as(people.admin, () => db.sql.query(release, [fresh, "Sudah dibayar"]));
      await move(db, fresh, "APPROVED");
      await move(db, fresh, "SHIPPED");
      expect(await orderOf(db, fresh)).toMatchObject({ status: "SHIPPED", held: false });
      await move(db, approved, "CANCELLED");
      await db.atCommit();
      expect(
        await db.rows(
          "select actor_code, detail from app.audit_events where action = 'ORDER_RELEASED' and entity_key = $1",
          [fresh],
        ),
      ).toEqual([{ actor_code: "ADM-001", detail: { reason: "STORE_SUSPENDED" } }]);
      expect(
        await db.rows("select released_by, note from app.order_holds where order_id = $1", [
          (await orderOf(db, fresh)).id,
        ]),
      ).toEqual([{ released_by: "ADM-001", note: "Sudah dibayar" }]);
      expect(
        await db.value(
          `
            select count(*)::int from app.audit_events where action = 'ORDER_MOVED' and entity_key = $1
              and after ->> 'status' = 'CANCELLED'`,
          [approved],
        ),
      ).toBe(1);
    }),
  );

  test(
    "letting the store in again lets no order go; a second suspension asks anew about what was let go",
    rolledBack(async (db) => {
      const { fresh, processing } = await orders(db);
      await db.as(people.admin, () => db.sql.query(suspend));
      await db.as(people.admin, () => db.sql.query(release, [processing, "Sudah dibayar"]));
      await db.as(people.admin, () => db.sql.query("select app.request_lift('PTR-0001', 'Sudah dibayar')"));
      await db.as(people.admin2, () => db.sql.query("select app.lift_suspension('PTR-0001')"));
      expect(await orderOf(db, fresh)).toMatchObject({ held: true, reasons: ["STORE_SUSPENDED"] });
      expect(await orderOf(db, processing)).toMatchObject({ held: false });
      await db.as(people.admin, () => db.sql.query(suspend));
      for (const number of [fresh, processing])
        expect(await orderOf(db, number)).toMatchObject({ held: true, reasons: ["STORE_SUSPENDED"] });
    }),
  );

  test(
    "whatever path suspends, and whatever path writes an order for a suspended store",
    rolledBack(async (db) => {
      const { fresh } = await orders(db);
      await db.sql.query(
        `insert into app.suspensions (account_id, suspended_by, reason) values ($1, 'ADM-001', 'Tagihan menunggak')`,
        [people.budi],
      );
      await db.sql.query(
        `
          with noted as (select private.audit('ACCOUNT_SUSPENDED', 'account', 'PTR-0001')) update app.accounts
            set status = 'SUSPENDED' from noted where id = $1`,
        [people.budi],
      );
      expect(await orderOf(db, fresh)).toMatchObject({ held: true, reasons: ["STORE_SUSPENDED"] });
      const number = await db.value<string>(
        `
      insert into app.orders (number, partner_id, placed_by, placed_by_name, source, credit_light, credit_inputs, tier,
        market_total, total, checkout_key, cart_digest)
        select private.next_order_number(), partner_id, $2, 'Admin HQ', 'MANUAL_NOTE', 'GREEN', '{}', tier, total,
          total, gen_random_uuid(), 'x' from app.orders where number = $1 returning number`,
        [fresh, people.admin],
      );
      await db.sql.query("select private.audit('ORDER_PLACED', 'order', $1)", [number]);
      await db.atCommit();
      expect(await orderOf(db, number)).toMatchObject({ held: true, reasons: ["STORE_SUSPENDED"] });
    }),
  );

  test(
    "its owner is written that it stands and why, and what was decided",
    rolledBack(async (db) => {
      const { fresh, approved } = await orders(db);
      await db.as(people.admin, () => db.sql.query(suspend));
      await db.atCommit();
      await db.as(people.admin, () => db.sql.query(release, [fresh, "Sudah dibayar"]));
      await move(db, approved, "CANCELLED");
      await db.atCommit();
      const told = (number: string) =>
        db.rows(
          `
            select props ->> 'what' as what, props ->> 'because' as because from app.mails
              where kind = 'ORDER_CHANGED' and props ->> 'order' = $1 order by id`,
          [number],
        );
      expect(await told(fresh)).toEqual([
        { what: "HELD", because: "ACCOUNT" },
        { what: "RELEASED", because: "" },
      ]);
      expect((await told(approved)).slice(-2)).toEqual([
        { what: "HELD", because: "ACCOUNT" },
        { what: "CANCELLED", because: "" },
      ]);
    }),
  );
});

test(
  "a salesman reads which of his stores are suspended, of others nothing; acting for one is refused with the reason",
  rolledBack(async (db) => {
    const mine = (who: string) =>
      db.as(who, async () =>
        (await db.rows<{ code: string }>("select app.suspended_clients() as code")).map(({ code }) => code),
      );
    expect(await db.stopped(people.sari, "select app.begin_acting('PTR-0001', 'kunjungan toko')")).toBeNull();
    await db.as(people.admin, () => db.sql.query(suspend));
    expect([await mine(people.sari), await mine(people.agus), await mine(people.maya)]).toEqual([["PTR-0001"], [], []]);
    expect(await db.stopped(people.sari, "select app.begin_acting('PTR-0001', 'kunjungan toko')")).toBe(
      "STORE_SUSPENDED",
    );
    expect(
      await db.stopped(people.agus, "select app.begin_acting('PTR-0001', 'kunjungan toko')"),
      "not his store",
    ).toBe("NOT_FOUND");
  }),
);

describe("beside a checkout under way", () => {
  const database = seededDatabase();
  /** A person with a login of his own, in a transaction that stays open. */
  async function begin(user: string, ...statements: string[]) {
    const sql = await connect(database.adminUrl);
    const session = await openLogin(sql, user);
    const become = async () => {
      await sql.query("begin");
      await sql.query("select set_config('request.jwt.claims', $1, true), set_config('role', 'authenticated', true)", [
        JSON.stringify({ sub: user, session_id: session }),
      ]);
    };
    await become();
    for (const statement of statements) await sql.query(statement);
    return { sql, become };
  }
  const act = "select app.begin_acting('PTR-0001', 'kunjungan toko')";
  const fill = "select app.put_in_cart((select min(sku) from app.products where active), 1, 'set')";
  const order = "select app.place_order(gen_random_uuid(), null, '', true)";

  test("a salesman's order before the suspension is held by it; one after it is held at once or refused", async () => {
    const owner = await connect(database.adminUrl);
    const sari = await begin(people.sari, act, fill);
    await sari.sql.query("commit");
    await sari.become();
    await sari.sql.query(order);
    const admin = await begin(people.admin);
    const shut = admin.sql.query(suspend);
    await untilItWaits(admin.sql, owner);
    await sari.sql.query("commit");
    await shut;
    // The second: placed while the suspension is not committed yet.
    await sari.become();
    await sari.sql.query(fill);
    const late = sari.sql.query(order).then(() => null, reasonOf);
    await untilItWaits(sari.sql, owner);
    await admin.sql.query("commit");
    const refused = await late;
    await sari.sql.query(refused ? "rollback" : "commit");
    const { rows } = await owner.query(
      `
        select o.held, (select array_agg(h.reason) from app.order_holds h where h.order_id = o.id) as reasons
          from app.orders o where o.placed_by = $1 and o.created_at > now() - interval '1 hour' order by o.id`,
      [people.sari],
    );
    expect(rows[0]).toEqual({ held: true, reasons: ["STORE_SUSPENDED"] });
    expect(rows.every(({ held }: { held: boolean }) => held)).toBe(true);
    expect(rows.length).toBe(refused ? 1 : 2);
  });
});
