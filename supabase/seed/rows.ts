import type pg from "pg";

export type Row = Record<string, unknown>;

/**
 * Inserts all rows with one statement, in their order; the columns are those of the first row.
 * Identity columns take the value given. Keeps `insert` off the client's back: one parameter, whatever the number.
 */
export async function insertRows(client: pg.ClientBase, table: string, rows: Row[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0]!).join(", ");
  await client.query(
    `insert into ${table} (${columns}) overriding system value
     select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
    [JSON.stringify(rows)],
  );
}

/** Lets identity columns go on after the ids that were given by hand. */
export async function continueIds(client: pg.ClientBase, ...tables: string[]): Promise<void> {
  for (const table of tables) {
    await client.query(
      `select setval(pg_get_serial_sequence('${table}', 'id'), (select coalesce(max(id), 0) + 1 from ${table}), false)`,
    );
  }
}

/**
 * Lets the planner know at once what was loaded, without the warnings that a bare `analyze` gives a login that owns not
 * all.
 */
export async function analyzeApp(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ tables: string }>(
    "select string_agg(format('%I.%I', schemaname, tablename), ', ') as tables from pg_tables where schemaname = 'app'",
  );
  await client.query(`analyze ${rows[0]!.tables}`);
}

const watchers = [
  ["app.orders", "_220_order_needs_audit"],
  ["app.acting_sessions", "_110_begun_audited"],
  ["app.acting_sessions", "_120_ended_audited"],
  // What a store allows today does not bind its past; and it takes the store's credit row, on which two loaders would
  // wait for each other.
  ["app.orders", "_130_shadow_consent"],
  // What happened long ago is not told now, nor is it anybody's duty.
  ["app.orders", "_230_owner_confirmed"],
  ["app.orders", "_240_owner_told"],
  ["app.orders", "_200_store_to_tell"],
  // Words of staff are put where they belong at once, and not taken out of each event.
  ["app.order_events", "_100_staff_words"],
  // A lock on the account per order, for accounts that are as new as their past.
  ["app.orders", "_190_store_suspended"],
] as const;

/**
 * Lets an invented past be written as it is, with rows of the trail of its own or with none: what happens now has to be
 * in the audit trail, and these triggers see to it. On again afterwards. Only the owner can, and he has to say so.
 */
export async function asThePast<T>(client: pg.ClientBase, write: () => Promise<T>): Promise<T> {
  const turn = async (how: "disable" | "enable") => {
    for (const [table, trigger] of watchers) await client.query(`alter table ${table} ${how} trigger ${trigger}`);
  };
  await turn("disable");
  const written = await write();
  // A table with questions open until the commit cannot be altered: they are asked now.
  await client.query("set constraints all immediate");
  await turn("enable");
  await client.query("set constraints all deferred");
  return written;
}
