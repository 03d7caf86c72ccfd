import { expect, test } from "vitest";
import { onStage, people, plenty, type Stage } from "./support.ts";

const secrets = ["dicurigai menipu", "pihak gudang", "SO-KEMBAR"];

/** An order that Sari placed for Budi, about which the office and the ERP have spoken. */
async function talkedAbout(stage: Stage) {
  const {
    skus: [sku],
  } = (await plenty(stage)) as { skus: [string] };
  await stage.actFor(people.sari, "PTR-0001");
  await stage.fill(people.sari, [sku, 2]);
  const number = await stage.order(people.sari);
  const id = await stage.value<number>("select id from app.orders where number = $1", [number]);
  await stage.as(people.admin, () =>
    stage.sql.query("select app.move_order($1, 'PROCESSING', 'Salesman dicurigai menipu')", [number]),
  );
  await stage.sql.query("update app.erp_pushes set ticket = ticket + 1, posted_at = now() where order_id = $1", [id]);
  await stage.sql.query(
    `
      select jobs.settle_sync($1, (select ticket from app.erp_pushes where order_id = $1), 'ERROR', $2, '{}',
        '422: diblokir pihak gudang, lihat SO-KEMBAR')`,
    [id, JSON.stringify({ documents: [], total: null, lines: [], credit: null })],
  );
  return { number, id };
}

/** All that a person can read of an order by SQL, as text. */
const everything = async (stage: Stage, who: string, id: number) => {
  const rows: unknown[] = [];
  await stage.as(who, async () => {
    const columns = await stage.value<string>(`select string_agg(quote_ident(attname), ', ') from pg_attribute
      where attrelid = 'app.orders'::regclass and attnum > 0 and not attisdropped
        and has_column_privilege('app.orders', attname, 'select')`);
    rows.push(await stage.rows(`select ${columns} from app.orders where id = $1`, [id]));
    rows.push(
      await stage.rows("select kind, actor, detail from app.order_events where order_id = $1 order by id", [id]),
    );
    rows.push(
      await stage.rows(
        `
          select n.detail from app.order_event_notes n join app.order_events e on e.id = n.event_id
            where e.order_id = $1`,
        [id],
      ),
    );
    rows.push(await stage.rows("select last_error from app.erp_pushes where order_id = $1", [id]));
    rows.push(await stage.rows("select error, note from app.reconcile_results where order_id = $1", [id]));
  });
  return JSON.stringify(rows);
};

test(
  "what the office and the ERP say about an order is read by neither its store nor its salesman",
  onStage(async (stage) => {
    const { number, id } = await talkedAbout(stage);
    for (const who of [people.budi, people.sari]) {
      const seen = await everything(stage, who, id);
      expect(seen).toContain(number); // Control: he sees the order and its history.
      expect(seen).toContain("PROCESSING");
      for (const secret of [...secrets, "ERROR"]) expect(seen).not.toContain(secret);
    }
    for (const who of [people.admin, people.auditor]) {
      const seen = await everything(stage, who, id);
      for (const secret of secrets) expect(seen).toContain(secret);
    }
    for (const who of [people.budi, people.sari, people.admin])
      expect(await stage.stopped(who, "select sync_error from app.orders where id = $1", [id])).toBe("42501");
  }),
);

test(
  "what a store is meant to read stays where it reads it; an order that ends by the desk's word tells only that",
  onStage(async (stage) => {
    const {
      skus: [sku],
    } = (await plenty(stage)) as { skus: [string] };
    await stage.sql.query("update app.feeds set as_of = null where name = 'credit'"); // AMBER.
    await stage.fill(people.budi, [sku, 2]);
    const number = await stage.order(people.budi);
    const [{ id, total }] = (await stage.rows<{ id: number; total: number }>(
      "select id, total from app.orders where number = $1",
      [number],
    )) as [{ id: number; total: number }];
    await stage.as(people.admin, () =>
      stage.sql.query("select app.decide_credit($1, 'APPROVED', 'Mohon lunasi faktur lama', $2)", [number, total]),
    );
    await stage.as(people.admin, () =>
      stage.sql.query("select app.move_order($1, 'CANCELLED', 'dicurigai menipu')", [number]),
    );
    const seen = await stage.as(people.budi, () =>
      stage.rows("select kind, detail from app.order_events where order_id = $1 order by id", [id]),
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
  onStage(async (stage) => {
    const { number, id } = await talkedAbout(stage);
    const put = (kind: string, detail: object) =>
      stage.value<number>(
        "insert into app.order_events (order_id, kind, actor, detail) values ($1, $2, 'sistem', $3) returning id",
        [id, kind, JSON.stringify(detail)],
      );
    const both = (event: number) =>
      stage.rows(
        `
          select e.detail, n.detail as office from app.order_events e left join app.order_event_notes n on n.event_id
            = e.id where e.id = $1`,
        [event],
      );
    expect(await both(await put("SOMETHING_NEW", { words: "pihak gudang" }))).toEqual([
      { detail: {}, office: { words: "pihak gudang" } },
    ]);
    expect(await both(await put("SYNCED", { document: "SO-9", raw: "pihak gudang" }))).toEqual([
      { detail: { document: "SO-9" }, office: { raw: "pihak gudang" } },
    ]);
    expect(await both(await put("APPROVED", { note: "kantor saja", forStore: false }))).toEqual([
      { detail: {}, office: { note: "kantor saja", forStore: false } },
    ]);
    expect(await both(await put("PLACED", { shadow: true, light: "GREEN" }))).toEqual([
      { detail: { shadow: true, light: "GREEN" }, office: null },
    ]);
    // A row that came in past the trigger is moved by being written again.
    await stage.sql.query(
      `
        set constraints all immediate;
          set constraints all deferred; alter table app.order_events disable trigger _100_office_words`,
    );
    const old = await put("SYNC_FAILED", { error: "pihak gudang" });
    await stage.sql.query("alter table app.order_events enable trigger _100_office_words");
    expect(await everything(stage, people.budi, id)).toContain("pihak gudang"); // Control.
    await stage.sql.query("update app.order_events set detail = detail where detail <> '{}'");
    expect(await both(old)).toEqual([{ detail: {}, office: { error: "pihak gudang" } }]);
    expect(await everything(stage, people.budi, id)).not.toContain("pihak gudang");
    expect(number).toMatch(/^ORD-/);
  }),
);
