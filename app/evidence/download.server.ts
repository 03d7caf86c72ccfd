import { createHash } from "node:crypto";
import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { evidencePackage, type Line, type Scope, type Source } from "./package.server.ts";

/** One short reading after another: see Visit.read. */
type Read = <T>(work: (db: Db) => Promise<T>) => Promise<T>;

const pageRows = 2_000;
const chainPageRows = 20_000;

/** Opens a download for this login, and tells the trail. Errors: NotFound, DENIED, EXPORT_OLD. */
export async function beginDownload(db: Db, ref: string): Promise<Scope> {
  const { scope } = await db.one<{ scope: Scope }>(sql`select app.begin_download(${ref}) as scope`);
  return scope;
}

/**
 * The package of an opened download, made while it is read. Each page is a transaction of its own, so nothing of the
 * database is held while somebody with a slow line takes his time, and each asks again whether he still may.
 *
 * @param finish told the sum and the size once all of it was handed over.
 */
export async function* readPackage(
  scope: Scope,
  ref: string,
  read: Read,
  finish: (sha256: string, bytes: number) => Promise<void>,
): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  let bytes = 0;
  const chunks: AsyncIterable<Buffer> = evidencePackage(scope, sourceOf(ref, read));
  for await (const chunk of chunks) {
    hash.update(chunk);
    bytes += chunk.length;
    yield chunk;
  }
  await finish(hash.digest("hex"), bytes);
}

/** Keeps size and sum of a download that went out whole. False: an earlier one of this export was another file. */
export async function finishExport(db: Db, ref: string, sha256: string, bytes: number): Promise<boolean> {
  const { same } = await db.one<{ same: boolean }>(
    sql`select app.finish_export(${ref}, ${sha256}, ${bytes}::bigint) as same`,
  );
  return same;
}

function sourceOf(ref: string, read: Read): Source {
  const lines = (kind: "WORDS" | "ORDER" | "HIT") => (after: number) =>
    read((db) =>
      db.many<Line>(sql`select n as at, line from app.export_lines_page(${ref}, ${kind}, ${after}::int, ${pageRows})`),
    );
  return {
    audit: (after) =>
      read((db) =>
        db.many<Line>(sql`select seq as at, line from app.export_audit_page(${ref}, ${after}::bigint, ${pageRows})`),
      ),
    words: lines("WORDS"),
    orders: lines("ORDER"),
    hits: lines("HIT"),
    seals: (after) =>
      read((db) =>
        db.many<Line>(sql`select batch as at, line from app.export_seals_page(${ref}, ${after}::bigint, ${pageRows})`),
      ),
    chain: (after) =>
      read((db) =>
        db.maybe<{ last: number; rows: number; lines: string }>(
          sql`
            select last_seq as last, rows, lines
              from app.export_chain_page(${ref}, ${after}::bigint, ${chainPageRows})`,
        ),
      ),
  };
}
