import { createHash } from "node:crypto";
import pg from "pg";
import { env } from "#app/env.server.ts";

// What pg's Query is made of and its types do not tell. The version of pg is pinned, and tests/app/door.test.ts reads through this.
type Fields = { fields: pg.FieldDef[] };
type Connection = { describe: (what: object) => void };
type Inside = { new (config: pg.QueryConfig): { name?: string; prepare(connection: Connection): void; handleRowDescription(message: Fields): void } & pg.Submittable };
const Query = pg.Query as unknown as Inside;

const known = new WeakMap<Connection, { undescribed: Connection; fields: Map<string, pg.FieldDef[]> }>();
const knownOf = (connection: Connection) => {
  let here = known.get(connection);
  if (!here) known.set(connection, (here = { undescribed: Object.assign(Object.create(connection) as Connection, { describe: () => undefined }), fields: new Map() }));
  return here;
};

/**
 * A prepared statement whose columns are asked for once per connection instead of at each use, which is a tenth of what a page costs.
 * They cannot change behind it: Postgres refuses a statement whose columns are others than when it was prepared.
 */
class Statement extends Query {
  #connection: Connection | undefined;

  override prepare(connection: Connection) {
    const { undescribed, fields } = knownOf(connection);
    const before = this.name === undefined ? undefined : fields.get(this.name);
    this.#connection = connection;
    if (!before) return super.prepare(connection);
    super.prepare(undescribed);
    super.handleRowDescription({ fields: before });
  }

  override handleRowDescription(message: Fields) {
    if (this.name !== undefined) knownOf(this.#connection!).fields.set(this.name, message.fields);
    super.handleRowDescription(message);
  }
}

/** Sends one statement, prepared under a name of its own. */
export function ask<Row extends pg.QueryResultRow>(client: pg.ClientBase, text: string, values: unknown[] = []): Promise<pg.QueryResult<Row>> {
  const query = new Statement({ name: nameOf(text), text, values });
  const send = client.query.bind(client) as unknown as (query: pg.Submittable, done: (error: Error | null, result: pg.QueryResult<Row>) => void) => void;
  return new Promise<pg.QueryResult<Row>>((resolve, reject) => send(query, (error, result) => (error ? reject(error) : resolve(result)))).catch((error: Error) => {
    Error.captureStackTrace(error); // It was made where the socket is read, which tells nobody who asked.
    throw error;
  });
}

const names = new Map<string, string>();
/** Made of the text: prepared once per connection. None where a pooler hands each transaction another connection (DB_STATEMENTS=unnamed). */
function nameOf(text: string): string | undefined {
  if (env.DB_STATEMENTS === "unnamed") return undefined;
  let name = names.get(text);
  if (!name) {
    name = createHash("sha1").update(text).digest("base64url");
    names.set(text, name);
  }
  return name;
}
