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
    await client.query(`select setval(pg_get_serial_sequence('${table}', 'id'), (select coalesce(max(id), 0) + 1 from ${table}), false)`);
  }
}

/** Lets the planner know at once what was loaded, without the warnings that a bare `analyze` gives a login that owns not all. */
export async function analyzeApp(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ tables: string }>(
    "select string_agg(format('%I.%I', schemaname, tablename), ', ') as tables from pg_tables where schemaname = 'app'");
  await client.query(`analyze ${rows[0]!.tables}`);
}
