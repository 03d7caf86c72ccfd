import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { valueOf } from "#tests/support/database.ts";
import { plenty, reasonOf, rolledBack, TestDb } from "#tests/support/rolled-back.ts";
import { doEverything, said } from "./every-act.ts";
import { reachErp } from "./trail.ts";

// Who has to say why says it in five letters at least, wherever he says it: the number of every form, in SQL as well.

const [none, four, five, long] = ["    ", " abcd ", " abcde ", "x".repeat(2001)];
/** Commands whose note may always be left out, and how a session of Shadow Mode ended, which is none. */
const free = [
  "decide_credits",
  "dispute_by_link",
  "dispute_order",
  "keep_checkout",
  "move_orders",
  "note_step",
  "place_order",
  "tick_step",
];
const noNote = ["end_acting", "note_outage"];

type Tried = { name: string; none: string | null; four: string | null; five: string | null; long: string | null };

/** Before it says something, it says it in fewer letters. */
class Sparing extends TestDb {
  readonly tried: Tried[] = [];

  async #spare(text: string, values: unknown[]) {
    const [, name] = /select app\.(\w+)\(/.exec(text) ?? [];
    if (!name || !values.includes(said)) return;
    const answer = async (note: string) => {
      await this.sql.query("savepoint spare");
      const given = values.map((value) => (value === said ? note : value));
      const code = await this.sql.query(text, given).then(() => null, reasonOf);
      await this.sql.query("rollback to savepoint spare");
      return code;
    };
    this.tried.push({
      name,
      none: await answer(none),
      four: await answer(four),
      five: await answer(five),
      long: await answer(long),
    });
  }

  override async rows<Row extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Row[]> {
    await this.#spare(text, values);
    return super.rows<Row>(text, values);
  }

  override value = async <T>(text: string, values: unknown[] = []): Promise<T> => {
    await this.#spare(text, values);
    return valueOf<T>(this.sql, text, values);
  };
}

/** Commands with a note that doEverything leaves out, or in which it may be left out. */
async function doTheRest(db: TestDb) {
  const [sku] = await plenty(db);
  await db.rows("update app.accounts set status = 'ACTIVE' where id = any ($1)", [[people.sari, people.budi]]);
  await db.as(people.sari, () => db.rows("select app.begin_acting('PTR-0001', $1)", [said]));
  const number = await db.buy(people.budi, [sku, 1]);
  await db.rows("select private.hold_order((select id from app.orders where number = $1), $2, 'ADM-001')", [
    number,
    "SALESMAN_SUSPENDED",
  ]);
  await db.as(people.admin, () => db.rows("select app.release_held_order($1, $2)", [number, said]));
  await reachErp(db, number, "SHORT", { lines: [{ sku, missing: 1, price: 0 }] });
  await db.as(people.admin, () =>
    db.rows(
      `select app.resolve_reconciliation($1, 'CANCEL', '', $2, (select checked_at from app.reconcile_results
         where order_id = (select id from app.orders where number = $1)))`,
      [number, said],
    ),
  );
}

/** Every command that takes a text of that name. */
const withNote = async (db: TestDb) =>
  (
    await db.rows<{ name: string }>(
      `select distinct p.proname as name
         from pg_proc p, unnest(p.proargnames[1:p.pronargs], p.proargtypes::oid[]) a (name, type)
        where p.pronamespace = 'app'::regnamespace
          and a.name in ('p_note', 'p_notes', 'p_reason', 'p_what', 'p_sign', 'p_text_id', 'p_words')
          and a.type = 'text'::regtype
          and (has_function_privilege('authenticated', p.oid, 'execute')
               or has_function_privilege('anon', p.oid, 'execute'))
        order by 1`,
    )
  ).map(({ name }) => name);

test(
  "a note that must be given has five letters in every command, and one that need not be any",
  rolledBack(async (plain) => {
    const db = new Sparing(plain.sql);
    await doEverything(db);
    await doTheRest(db);
    const needed = [...new Set(db.tried.filter((answer) => answer.none !== null).map(({ name }) => name))];
    expect([...needed, ...free, ...noNote].sort()).toEqual(await withNote(db));
    for (const answer of db.tried) {
      const reason = answer.name === "write_erp_checkpoint" ? "NOTES" : "REASON_REQUIRED";
      const short = answer.none === null ? null : reason;
      expect(answer).toEqual({ name: answer.name, none: short, four: short, five: null, long: "TOO_LONG" });
    }
    // Approved without a word; rejected with one.
    const decided = db.tried.filter(({ name }) => name === "decide_credit");
    expect(decided.map((answer) => answer.none)).toEqual([null, "REASON_REQUIRED"]);
  }),
);

test(
  "no table takes as a note what no command takes",
  rolledBack(async (db) => {
    const checks = await db.rows<{ at: string; text: string }>(
      `select conrelid::regclass || ' ' || conname as at, pg_get_constraintdef(oid) as text from pg_constraint
        where contype = 'c' and connamespace in ('app'::regnamespace, 'audit'::regnamespace)`,
    );
    expect(checks.filter(({ text }) => /length\([^)]*(note|reason)[^)]*\)+ >=/.test(text))).toEqual([]);
    const notes = checks.filter(({ text }) => text.includes("private.is_note("));
    expect(notes.length).toBeGreaterThan(6);
    expect(
      await db.value("select array_agg(private.is_note(t, 10)) from unnest($1::text[]) t", [[four, five]]),
    ).toEqual([false, true]);
  }),
);
