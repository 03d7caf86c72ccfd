import { expect, test } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb } from "#tests/support/rolled-back.ts";

// What a second click does. With the same words it is the same act, done once; other words are refused, because nobody
// would ever read them.
type Act = {
  who: string;
  text: string;
  values: (words: string) => unknown[];
  /** Somebody else with the same words; undefined: nobody else may. */ other?: string;
  refused: string;
};

async function shadowOrder(db: TestDb) {
  const [sku] = await plenty(db);
  const number = await db.buyFor(people.sari, "PTR-0001", [sku, 2]);
  return {
    number,
    id: await db.value<number>("select id from app.orders where number = $1", [number]),
    total: await db.value<number>("select total from app.orders where number = $1", [number]),
  };
}
async function amber(db: TestDb) {
  const [sku] = await plenty(db);
  await db.sql.query("update app.partners set credit_limit = 0 where id = $1", [stores.budi]);
  const number = await db.buy(people.budi, [sku, 2]);
  return { number, total: await db.value<number>("select total from app.orders where number = $1", [number]) };
}

const acts: Record<string, (db: TestDb) => Promise<Act>> = {
  "placing an order": async (db) => {
    const [sku] = await plenty(db);
    await db.fill(people.budi, [sku, 2]);
    const key = crypto.randomUUID();
    return {
      who: people.budi,
      text: "select app.place_order($1, null, $2, false)",
      values: (words) => [key, words],
      refused: "KEY_REUSED",
    };
  },
  approving: async (db) => {
    const { number, total } = await amber(db);
    return {
      who: people.admin,
      other: people.admin2,
      text: "select app.decide_credit($1, 'APPROVED', $2, $3)",
      values: (words) => [number, words, total],
      refused: "STALE",
    };
  },
  "«bukan saya» by link": async (db) => {
    const token = await db.value<string>("select private.dispute_token($1)", [(await shadowOrder(db)).id]);
    return {
      who: people.budi,
      text: "select app.dispute_by_link($1, $2)",
      values: (words) => [token, words],
      refused: "SAID_BEFORE",
    };
  },
  "«bukan saya» on the page": async (db) => {
    const { number } = await shadowOrder(db);
    return {
      who: people.budi,
      text: "select app.dispute_order($1, $2)",
      values: (words) => [number, words],
      refused: "SAID_BEFORE",
    };
  },
  "deciding a report": async (db) => {
    const { number, id } = await shadowOrder(db);
    await db.sql.query("select private.raise_dispute($1, 'LINK', '')", [id]);
    return {
      who: people.admin,
      other: people.admin2,
      text: "select app.resolve_dispute($1, 'MISTAKE', $2)",
      values: (words) => [number, words],
      refused: "STALE",
    };
  },
  "deciding about a comparison": async (db) => {
    const { number, id } = await shadowOrder(db);
    await db.sql.query("update app.erp_syncs set ticket = ticket + 1, posted_at = now() where order_id = $1", [id]);
    await db.sql.query(
      `
        select jobs.settle_sync($1, (select ticket from app.erp_syncs where order_id = $1), 'CREDIT_FAILED',
          '{"documents": ["SO-SAID"], "total": 1, "lines": []}', '{"credit": "limit"}', null, false)`,
      [id],
    );
    const at = await db.value<string>("select checked_at::text from app.reconcile_results where order_id = $1", [id]);
    return {
      who: people.admin,
      other: people.admin2,
      text: "select app.resolve_reconciliation($1, 'ACCEPT', '', $2, $3)",
      values: (words) => [number, words, at],
      refused: "STALE",
    };
  },
  suspending: (_) =>
    Promise.resolve({
      who: people.admin,
      other: people.admin2,
      text: "select app.suspend_account($1, $2)",
      values: (words) => ["SLS-002", words],
      refused: "STALE",
    }),
  "asking to let somebody back in": async (db) => {
    await db.as(people.admin, () => db.sql.query("select app.suspend_account('SLS-002', 'Keluhan pemilik toko')"));
    return {
      who: people.admin,
      text: "select app.request_lift($1, $2)",
      values: (words) => ["SLS-002", words],
      refused: "STALE",
    };
  },
};
// Never takes a second click for the first one: the page shows what was done.
const strict = ["asking to let somebody back in"];

test.each(Object.keys(acts))("%s: the same words once more are the same, other words are refused", (name) =>
  rolledBack(async (db) => {
    const { who, text, values, other, refused } = await acts[name]!(db);
    const words = "Pintu belakang, sebelum jam sembilan";
    expect(
      await db.stopped(who, text, values("Lewat depan saja, jam sepuluh")),
      "control: alone the other words are fine",
    ).toBeNull();
    await db.as(who, () => db.sql.query(text, values(words)));
    const traces = () =>
      db.value<string>(
        `
          select jsonb_build_array((select count(*) from app.audit_events where action <> 'SIGNED_IN'),
            (select count(*) from app.order_events), (select count(*) from app.orders),
            (select count(*) from app.mails))::text`,
      );
    if (other) await db.login(other);
    const before = await traces();
    if (!strict.includes(name)) await db.as(who, () => db.sql.query(text, values(words)));
    expect(await traces()).toBe(before);
    expect(await db.stopped(who, text, values("Lewat depan saja, jam sepuluh"))).toBe(refused);
    if (other) expect(await db.stopped(other, text, values(words)), "somebody else was later").toBe(refused);
  })(),
);

test(
  "several approved at once: those that were approved with another note are named, not taken for done",
  rolledBack(async (db) => {
    const { number, total } = await amber(db);
    const approve = (note: string) =>
      db.as(people.admin, () =>
        db.value("select app.decide_credits($1, $2)", [JSON.stringify([{ number, total }]), note]),
      );
    expect(await approve("Sesuai daftar")).toEqual({ approved: [number], left: [] });
    expect(await approve("Sesuai daftar")).toEqual({ approved: [number], left: [] });
    expect(await approve("Bayar dulu")).toEqual({ approved: [], left: [{ number, why: "DECIDED" }] });
  }),
);
