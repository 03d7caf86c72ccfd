import type pg from "pg";
import { databaseUrl } from "#supabase/local/platform.ts";
import { connect, maybeValueOf, seededDatabase, valueOf } from "#tests/support/database.ts";
import { whileFileRuns } from "#tests/support/while-file-runs.ts";

type Sealed = { count: number; lastSeq: number; broken: Array<{ what: string; event: number }> } | null;

/** A trail to seal, on a database of its own: what is sealed is committed, and nobody can take it back. */
export function sealedTrail() {
  const database = seededDatabase();
  const by = whileFileRuns(
    async () => ({
      owner: await connect(database.adminUrl),
      worker: await connect(database.workerUrl),
      superuser: await connect(databaseUrl(database.port, "supabase_admin", database.credentials.supabaseAdmin)),
    }),
    () => undefined, // The database ends its connections.
  );
  return {
    database,
    by,
    seal: (client: pg.Client = by.worker, limit = 10_000) =>
      valueOf<Sealed>(client, "select jobs.seal_audit($1)", [limit]),
    act: (client: pg.Client = by.owner, key = "x") => client.query("select private.audit('TESTED', 'test', $1)", [key]),
    event: (key: string) =>
      valueOf<number>(by.owner, "select id::int from app.audit_events where entity_key = $1 order by id desc limit 1", [
        key,
      ]),
    seqOf: (key: string) =>
      maybeValueOf<number>(
        by.owner,
        "select l.seq::int from audit.links l join app.audit_events e on e.id = l.event_id where e.entity_key = $1",
        [key],
      ),
  };
}
