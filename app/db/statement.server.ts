import { createHash } from "node:crypto";
import pg from "pg";
import { env } from "#app/env.server.ts";
import { isLost } from "./errors.server.ts";

// What pg's Query is made of and its types do not tell. The version of pg is pinned, and
// tests/app/transaction.test.ts reads through this.
declare module "pg" {
  interface Connection {
    submittedNamedStatements: Record<string, string>;
  }
}
type Connection = pg.Connection;
type Fields = { fields: pg.FieldDef[] };
type Answered<Row extends pg.QueryResultRow> = (error: Error | null, result: pg.QueryResult<Row>) => void;
type Config = pg.QueryConfig & { callback?: Answered<never> };
type Inside = {
  new (config: Config): {
    name?: string;
    text: string;
    prepare(connection: Connection): void;
    submit(connection: Connection): Error | null | undefined;
    handleRowDescription(message: Fields): void;
    handleDataRow(message: object): void;
    handleCommandComplete(message: object, connection: Connection): void;
    handleError(error: Error, connection: Connection): void;
    handleReadyForQuery(connection: Connection): void;
  };
};
const Query = pg.Query as unknown as Inside;

/**
 * The columns of what is prepared on a connection, and the connection as it is when some of what the driver would say
 * is left out.
 */
type Known = { fields: Map<string, pg.FieldDef[]>; undescribed: Connection; unsynced: Connection; bare: Connection };
const known = new WeakMap<Connection, Known>();
const nothing = () => undefined;
function without(connection: Connection, left: Partial<Connection>): Connection {
  const heir: Connection = Object.create(connection);
  return Object.assign(heir, left);
}
function knownOf(connection: Connection): Known {
  let here = known.get(connection);
  if (!here) {
    here = {
      fields: new Map(),
      undescribed: without(connection, { describe: nothing }),
      unsynced: without(connection, { sync: nothing }),
      bare: without(connection, { describe: nothing, sync: nothing }),
    };
    known.set(connection, here);
  }
  return here;
}

/**
 * A prepared statement whose columns are asked for once per connection instead of at each use, which is a tenth of what
 * a page costs. They cannot change behind it: Postgres refuses a statement whose columns are others than when it was
 * prepared.
 */
class Statement extends Query {
  #known: Known | undefined;

  /** `inBatch`: others follow, and all are answered together. */
  override prepare(connection: Connection, inBatch = false) {
    const here = knownOf(connection);
    const before = this.name === undefined ? undefined : here.fields.get(this.name);
    this.#known = here;
    if (!before) return super.prepare(inBatch ? here.unsynced : connection);
    super.prepare(inBatch ? here.bare : here.undescribed);
    super.handleRowDescription({ fields: before });
  }

  override handleRowDescription(message: Fields) {
    if (this.name !== undefined) this.#known!.fields.set(this.name, message.fields);
    super.handleRowDescription(message);
  }
}

/** Sends one statement, prepared under a name of its own. */
export function ask<Row extends pg.QueryResultRow>(
  client: pg.ClientBase,
  text: string,
  values: unknown[] = [],
): Promise<pg.QueryResult<Row>> {
  const { statement, answer } = stated<Row>(text, values);
  client.query(statement);
  return answer;
}

function stated<Row extends pg.QueryResultRow>(text: string, values: unknown[]) {
  let answered: Answered<Row>;
  const answer = new Promise<pg.QueryResult<Row>>((resolve, reject) => {
    answered = (error, result) => (error ? reject(error) : resolve(result));
  }).catch((error: Error) => {
    Error.captureStackTrace(error); // It was made where the socket is read, which tells nobody who asked.
    throw error;
  });
  return { statement: new Statement({ name: nameOf(text), text, values, callback: answered! }), answer };
}

/**
 * Statements that leave in one packet and have one Sync behind them: without a `begin` they are one transaction, and
 * the server wakes up, answers and is heard once instead of once a statement. What fails fails whatever was asked after
 * it.
 */
export class Batch extends Query {
  readonly #statements: Statement[] = [];
  /** The one whose answer is being read. */
  #at = 0;

  constructor() {
    super({ text: "", callback: nothing });
  }

  /** Nothing is sent before `send`. */
  ask = <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<pg.QueryResult<Row>> => {
    const { statement, answer } = stated<Row>(text, values);
    this.#statements.push(statement);
    return answer;
  };

  send(client: pg.ClientBase) {
    client.query(this);
  }

  override submit(connection: Connection) {
    connection.stream.cork();
    try {
      for (const statement of this.#statements) statement.prepare(connection, true);
      connection.sync();
    } finally {
      connection.stream.uncork();
    }
    this.#read(0);
    return null;
  }

  // The client takes note under name and text of what was prepared.
  #read(index: number) {
    this.#at = index;
    const { name, text } = this.#statements[index] ?? {};
    this.name = name;
    this.text = text ?? "";
  }

  override handleRowDescription(message: Fields) {
    this.#statements[this.#at]!.handleRowDescription(message);
  }

  override handleDataRow(message: object) {
    this.#statements[this.#at]!.handleDataRow(message);
  }

  override handleCommandComplete(message: object, connection: Connection) {
    this.#statements[this.#at]!.handleCommandComplete(message, connection);
    this.#read(this.#at + 1);
  }

  override handleReadyForQuery(connection: Connection) {
    for (const statement of this.#statements) statement.handleReadyForQuery(connection);
  }

  /** What was answered before a statement failed stays an answer; over a lost connection nothing was. */
  override handleError(error: Error, connection: Connection) {
    const failed = isLost(error) || this.#at === this.#statements.length ? 0 : this.#at;
    this.#statements.forEach((statement, index) => {
      if (index < failed) return statement.handleReadyForQuery(connection);
      // The server did not come to it.
      if (statement.name !== undefined) delete connection.submittedNamedStatements[statement.name];
      statement.handleError(index === failed || failed === 0 ? error : passedOver(), connection);
    });
  }
}

/** In Postgres' words for the same. */
const passedOver = () =>
  Object.assign(
    new pg.DatabaseError("current transaction is aborted, commands ignored until end of transaction block", 0, "error"),
    { severity: "ERROR", code: "25P02" },
  );

const names = new Map<string, string>();
/**
 * Made of the text: prepared once per connection. None where a pooler hands each transaction another connection
 * (DB_STATEMENTS=unnamed).
 */
function nameOf(text: string): string | undefined {
  if (env.DB_STATEMENTS === "unnamed") return undefined;
  let name = names.get(text);
  if (!name) {
    name = createHash("sha1").update(text).digest("base64url");
    names.set(text, name);
  }
  return name;
}
