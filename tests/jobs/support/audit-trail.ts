import { generateKeyPairSync } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { openHeads, parseHead } from "#jobs/audit/heads.ts";
import { keysById, openSigner } from "#jobs/audit/keys.ts";
import { type Ledger, openLedger } from "#jobs/audit/ledger.ts";
import { openSealer } from "#jobs/audit/seal.ts";
import { verifyChain } from "#jobs/audit/verify.ts";
import { databaseUrl } from "#supabase/local/platform.ts";
import { connect, freshDatabase } from "#tests/support/database.ts";
import { whileFileRuns } from "#tests/support/while-file-runs.ts";

/** Another key to sign seals with. */
export const signerOf = () =>
  openSigner(generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString());
export const signer = signerOf();
export const keys = keysById([signer.publicKey]);

// Only a superuser can, with the triggers off.
const emptyTrail = `
    set session_replication_role = replica;
    alter table audit.links disable trigger all; alter table audit.seals disable trigger all;
    alter table audit.signatures disable trigger all; alter table app.audit_events disable trigger all;
    alter table audit.unsealed disable trigger all;
    delete from audit.signatures; delete from audit.seals; delete from audit.links; delete from audit.unsealed; delete
      from app.audit_events;
    delete from app.incident_events; delete from app.timers; delete from app.notifications;
    delete from app.incidents; delete from app.mails;
    update audit.watch set logged_batch = 0, mailed_batch = 0, mailed_at = null, checked_at = null,
      check_started_at = null, check_batch = 0;
    update audit.turn set until = '-infinity';
    alter table audit.links enable always trigger _010_append_only;
    alter table app.audit_events enable always trigger _010_append_only;
    alter table app.audit_events enable trigger _100_queue_for_seal;
    alter table audit.unsealed enable always trigger _100_sealer_only;
    set session_replication_role = origin;`;

/** A fresh database whose trail and file of heads are empty before each test, and what a worker does with them. */
export function auditTrail() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "alfa-heads-"));
  const headsFile = path.join(folder, "heads.jsonl");
  const database = freshDatabase();
  const ledger: Ledger = whileFileRuns(
    () => openLedger(database.workerUrl),
    (opened) => opened.close(),
  );
  const superuser = whileFileRuns(
    async () => ({
      sql: await connect(databaseUrl(database.port, "supabase_admin", database.credentials.supabaseAdmin)),
    }),
    ({ sql }) => sql.end(),
  );
  beforeAll(async () => {
    // Incidents and mails of one test are not for the next.
    for (const table of ["incident_events", "timers", "notifications", "incidents", "mails"])
      await superuser.sql.query(`alter table app.${table} disable trigger _030_not_deleted`);
  });
  beforeEach(async () => {
    await superuser.sql.query(emptyTrail);
    fs.rmSync(headsFile, { force: true });
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));
  const verify = async () => verifyChain(ledger, { keys, heads: await openHeads(headsFile), secondLookMs: 20 });
  return {
    database,
    ledger,
    superuser,
    folder,
    headsFile,
    act: (times = 1) =>
      database.one("select private.audit('TESTED', 'order', 'ORD-2026-' || n) from generate_series(1, $1::int) n", [
        times,
      ]),
    sealer: (using = ledger) => openSealer({ ledger: using, signer, keys, headsFile }),
    heads: () =>
      fs.existsSync(headsFile)
        ? fs
            .readFileSync(headsFile, "utf8")
            .trim()
            .split("\n")
            .map((line) => parseHead(line)!)
        : [],
    verify,
    whats: async () => (await verify()).findings.map(({ what }) => what),
    incidents: async () =>
      (await database.one("select coalesce(jsonb_agg(detail ->> 'what' order by id), '[]') as list from app.incidents"))
        ?.list,
  };
}
