import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb } from "#tests/support/rolled-back.ts";

const secrets = ["dicurigai menipu", "pihak gudang", "SO-KEMBAR"];

/** An order that Sari placed for Budi, about which staff and the ERP have spoken. */
async function talkedAbout(db: TestDb) {
  const [sku] = await plenty(db);
  const number = await db.buyFor(people.sari, "PTR-0001", [sku, 2]);
  const id = await db.value<number>("select id from app.orders where number = $1", [number]);
  await db.as(people.admin, () =>
    db.sql.query("select app.move_order($1, 'PROCESSING', 'Salesman dicurigai menipu')", [number]),
  );
  await db.sql.query("update app.erp_syncs set ticket = ticket + 1, posted_at = now() where order_id = $1", [id]);
  await db.sql.query(
    `
      select jobs.settle_sync($1, (select ticket from app.erp_syncs where order_id = $1), 'ERROR', $2, '{}',
        '422: diblokir pihak gudang, lihat SO-KEMBAR')`,
    [id, JSON.stringify({ documents: [], total: null, lines: [], credit: null })],
  );
  return { number, id };
}

/** All that a person can read of an order by SQL, as text. */
const everything = async (db: TestDb, who: string, id: number) => {
  const rows: unknown[] = [];
  await db.as(who, async () => {
    const columns = await db.value<string>(`select string_agg(quote_ident(attname), ', ') from pg_attribute
      where attrelid = 'app.orders'::regclass and attnum > 0 and not attisdropped
        and has_column_privilege('app.orders', attname, 'select')`);
    rows.push(await db.rows(`select ${columns} from app.orders where id = $1`, [id]));
    rows.push(await db.rows("select kind, actor, detail from app.order_events where order_id = $1 order by id", [id]));
    rows.push(
      await db.rows(
        `
          select n.detail from app.order_event_notes n join app.order_events e on e.id = n.event_id
            where e.order_id = $1`,
        [id],
      ),
    );
    rows.push(await db.rows("select last_error from app.erp_syncs where order_id = $1", [id]));
    rows.push(await db.rows("select error, note from app.reconcile_results where order_id = $1", [id]));
  });
  return JSON.stringify(rows);
};

test(
  "what staff and the ERP say about an order is read by neither its store nor its salesman",
  rolledBack(async (db) => {
    const { number, id } = await talkedAbout(db);
    for (const who of [people.budi, people.sari]) {
      const seen = await everything(db, who, id);
      expect(seen).toContain(number); // Control: he sees the order and its history.
      expect(seen).toContain("PROCESSING");
      for (const secret of [...secrets, "ERROR"]) expect(seen).not.toContain(secret);
    }
    for (const who of [people.admin, people.auditor]) {
      const seen = await everything(db, who, id);
      for (const secret of secrets) expect(seen).toContain(secret);
    }
    for (const who of [people.budi, people.sari, people.admin])
      expect(await db.stopped(who, "select sync_error from app.orders where id = $1", [id])).toBe("42501");
  }),
);

test(
  "what a store is meant to read stays where it reads it; an order that ends by staff's word tells only that",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    await db.sql.query("update app.feeds set as_of = null where name = 'credit'"); // AMBER.
    const number = await db.buy(people.budi, [sku, 2]);
    const { id, total } = await db.row<{ id: number; total: number }>(
      "select id, total from app.orders where number = $1",
      [number],
    );
    await db.as(people.admin, () =>
      db.sql.query("select app.decide_credit($1, 'APPROVED', 'Mohon lunasi faktur lama', $2)", [number, total]),
    );
    await db.as(people.admin, () =>
      db.sql.query("select app.move_order($1, 'CANCELLED', 'dicurigai menipu')", [number]),
    );
    const seen = await db.as(people.budi, () =>
      db.rows("select kind, detail from app.order_events where order_id = $1 order by id", [id]),
    );
    expect(seen).toMatchObject([
      { kind: "PLACED", detail: { shadow: false, light: "AMBER" } },
      { kind: "APPROVED", detail: { note: "Mohon lunasi faktur lama", forStore: true } },
      { kind: "CANCELLED", detail: {} },
    ]);
    expect(JSON.stringify(seen)).not.toContain("dicurigai");
  }),
);

test(
  "whatever is written, by whatever path: only what is named for the store stays in the event, and nothing is lost",
  rolledBack(async (db) => {
    const { number, id } = await talkedAbout(db);
    const put = (kind: string, detail: object) =>
      db.value<number>(
        "insert into app.order_events (order_id, kind, actor, detail) values ($1, $2, 'sistem', $3) returning id",
        [id, kind, JSON.stringify(detail)],
      );
    const both = (event: number) =>
      db.rows(
        `
          select e.detail, n.detail as staff from app.order_events e left join app.order_event_notes n on n.event_id
            = e.id where e.id = $1`,
        [event],
      );
    expect(await both(await put("SOMETHING_NEW", { words: "pihak gudang" }))).toEqual([
      { detail: {}, staff: { words: "pihak gudang" } },
    ]);
    expect(await both(await put("SYNCED", { document: "SO-9", raw: "pihak gudang" }))).toEqual([
      { detail: { document: "SO-9" }, staff: { raw: "pihak gudang" } },
    ]);
    expect(await both(await put("APPROVED", { note: "kantor saja", forStore: false }))).toEqual([
      { detail: {}, staff: { note: "kantor saja", forStore: false } },
    ]);
    expect(await both(await put("PLACED", { shadow: true, light: "GREEN" }))).toEqual([
      { detail: { shadow: true, light: "GREEN" }, staff: null },
    ]);
    // A row that came in past the trigger is moved by being written again.
    await db.sql.query(
      `
        set constraints all immediate;
          set constraints all deferred; alter table app.order_events disable trigger _100_staff_words`,
    );
    const old = await put("SYNC_FAILED", { error: "pihak gudang" });
    await db.sql.query("alter table app.order_events enable trigger _100_staff_words");
    expect(await everything(db, people.budi, id)).toContain("pihak gudang"); // Control.
    await db.sql.query("update app.order_events set detail = detail where detail <> '{}'");
    expect(await both(old)).toEqual([{ detail: {}, staff: { error: "pihak gudang" } }]);
    expect(await everything(db, people.budi, id)).not.toContain("pihak gudang");
    expect(number).toMatch(/^ORD-/);
  }),
);
