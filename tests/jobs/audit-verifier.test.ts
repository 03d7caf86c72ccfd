import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { openHeads } from "#jobs/audit/heads.ts";
import { openCheck } from "#jobs/audit/check.ts";
import { readerOf } from "#jobs/audit/reader.ts";
import { openSealer } from "#jobs/audit/seal.ts";
import { openWatch } from "#jobs/audit/watch.ts";
import { verifyChain } from "#jobs/audit/verify.ts";
import { auditTrail, keys, signer, signerOf } from "./support/audit-trail.ts";

const { database, ledger, superuser, folder, headsFile, act, sealer, heads, verify, whats, incidents } = auditTrail();

test("somebody else's signature, and an unknown key, are told", async () => {
  await act(2);
  await openSealer({ ledger, signer: signerOf(), keys, headsFile })();
  expect(await whats()).toEqual(["KEY_UNKNOWN"]);
  await superuser.sql.query("alter table audit.signatures disable trigger all");
  await superuser.sql.query("update audit.signatures set key_id = $1", [signer.keyId]);
  expect(await whats()).toEqual(["SIGNATURE_WRONG", "HEAD_DIFFERS"]);
});

test("the daily check runs once a day from the first row, and opens an incident for what it finds", async () => {
  const shown = () =>
    database.one(
      "select checked_seq::int as seq, checked_findings as findings, check_started_at as running from audit.watch",
    );
  const check = openCheck({ ledger, keys, headsFile, signal: new AbortController().signal });
  await check(); // Nothing was sealed: none is due.
  expect(await database.one("select checked_at from audit.watch")).toEqual({ checked_at: null });
  await act(3);
  await sealer()();
  await act(3);
  await sealer()();
  await openCheck({ ledger, keys, headsFile, signal: AbortSignal.abort() })();
  expect(await database.one("select checked_at, check_started_at is not null as running from audit.watch")).toEqual({
    checked_at: null,
    running: true,
  });
  await check();
  expect(await shown()).toEqual({ seq: 6, findings: 0, running: null });
  await superuser.sql.query(
    `
      alter table app.audit_events disable trigger _010_append_only; delete from app.audit_events
        where id = (select min(id) from app.audit_events)`,
  );
  await check(); // Not before tomorrow.
  expect(await incidents()).toEqual([]);
});

test("what the database says of the daily check moves nothing: a new worker looks from the first row", async () => {
  await act(3);
  await sealer()();
  await act(3);
  await sealer()();
  await superuser.sql.query(
    `
      alter table app.audit_events disable trigger _010_append_only; delete from app.audit_events
        where id = (select min(id) from app.audit_events)`,
  );
  await superuser.sql.query("update audit.watch set checked_at = now(), check_started_at = now(), check_batch = 2");
  await openCheck({ ledger, keys, headsFile, signal: new AbortController().signal })();
  expect(await database.one("select checked_findings as findings from audit.watch")).toEqual({ findings: 1 });
  expect(await incidents()).toEqual(["EVENT_MISSING"]);
});

test("a queue that stands is told, by the verifier and by the worker; one that moves is not", async () => {
  let clock = 0;
  const watch = openWatch(ledger, () => clock);
  await act(3);
  await watch();
  clock += 60_000;
  await watch();
  expect(await whats()).toEqual([]);
  await superuser.sql.query(
    "begin; set local session_replication_role = replica; " +
      "alter table audit.unsealed disable trigger _100_sealer_only; " +
      "update audit.unsealed set queued_at = now() - interval '11 minutes'; alter table audit.unsealed enable always " +
      "trigger _100_sealer_only; commit",
  );
  expect(await whats()).toEqual(["QUEUE_STALE"]);
  await watch();
  expect(await incidents()).toEqual(["QUEUE_STALE"]);
  // The same when its word is put forward again and again: this worker saw it wait.
  await superuser.sql.query(
    "delete from app.incident_events; delete from app.timers; delete from app.notifications; delete from app.incidents",
  );
  await superuser.sql.query(
    "begin; alter table audit.unsealed disable trigger _100_sealer_only; " +
      "update audit.unsealed set queued_at = now(); " +
      "alter table audit.unsealed enable always trigger _100_sealer_only; commit",
  );
  clock += 2 * 60 * 60_000;
  await watch();
  expect(await incidents()).toEqual(["QUEUE_STALE"]);
  await sealer()();
  expect(await whats()).toEqual([]);
});

const backdated = `
    insert into app.audit_events (at, action, entity_key) values (clock_timestamp() - interval '15 days', 'TESTED',
      'backdated')`;

test("an invented past before the first seal is no finding; one put in later is, also when not `drained`", async () => {
  await superuser.sql.query(backdated);
  await sealer()();
  const working = sealer();
  await act(2);
  await working();
  expect(await verify()).toMatchObject({ findings: [], oddDates: 0 });
  await superuser.sql.query(`
    begin; alter table audit.seals disable trigger _010_append_only; update audit.seals set drained = false;
      ${backdated};
      select jobs.seal_audit(100);
    update audit.seals set drained = true; alter table audit.seals enable always trigger _010_append_only; commit`);
  expect(await incidents()).toEqual([]); // The sealer was deceived.
  await working();
  expect(await incidents()).toEqual(["ROW_BACKDATED"]);
  expect(heads()).toHaveLength(3); // Signed as it is.
  expect(await verify()).toMatchObject({ findings: [{ what: "ROW_BACKDATED", seq: 4 }], oddDates: 1 });
});

test("a seal that denies that its queue was empty is told before it is signed", async () => {
  await act(2);
  await ledger.seal(100);
  await superuser.sql.query(
    "begin; alter table audit.seals disable trigger _010_append_only; update audit.seals set drained = false; alter " +
      "table audit.seals enable always trigger _010_append_only; commit",
  );
  await sealer()();
  expect(await incidents()).toEqual(["SEAL_CHANGED"]);
});

test("clocks: steps of under an hour and a clock that ran ahead are no finding, one put back by more is", async () => {
  const batch = async (shift: string) => {
    await superuser.sql.query(
      `insert into app.audit_events (at, action) values (clock_timestamp() + interval '${shift}', 'TESTED')`,
    );
    await ledger.seal(100);
    await superuser.sql.query(`
      begin; alter table audit.seals disable trigger _010_append_only; update audit.seals set sealed_at = sealed_at
        + interval '${shift}' where batch = (select max(batch) from audit.seals);
      alter table audit.seals enable always trigger _010_append_only; commit`);
    await sealer()();
  };
  for (const shift of ["0", "50 minutes", "0", "-50 minutes", "0"]) await batch(shift);
  expect(await whats()).toEqual([]);
  await superuser.sql.query(
    "delete from app.incident_events; delete from app.timers; delete from app.notifications; delete from app.incidents",
  );
  await batch("3 hours"); // The signer's clock is right.
  await batch("0");
  expect(await whats()).toEqual([]);
  await batch("-3 hours");
  expect(await whats()).toEqual(["CLOCK_BACK"]);
});

test("rows with numbers that no row has are found: from the very first, and beyond what can be counted", async () => {
  await act(2);
  await sealer()();
  await superuser.sql.query("begin; set local session_replication_role = replica");
  await superuser.sql.query(
    `
      alter table app.audit_events drop constraint audit_events_id_check;
      alter table audit.links drop constraint links_seq_check`,
  );
  for (const id of ["-9223372036854775808", "-5", "0", "9223372036854775807"]) {
    await superuser.sql.query(
      "insert into app.audit_events (id, action) overriding system value values ($1, 'FORGED')",
      [id],
    );
  }
  await superuser.sql.query(
    "insert into audit.links select 0, id, at, sha256(''), sha256('') from app.audit_events where id = 0",
  ); // A link where nobody looks hides nothing.
  const reader = readerOf(
    async (text, values = []) => (await superuser.sql.query<unknown[]>({ text, values, rowMode: "array" })).rows,
  );
  const report = await verifyChain(reader, { keys, heads: await openHeads(headsFile) }).finally(() =>
    superuser.sql.query("rollback"),
  );
  expect(report.findings.map(({ what }) => what)).toEqual(Array(4).fill("ROW_STRAY"));
  await ledger.noteBroken("ROW_STRAY", null, 2 ** 63, "a number that cannot be counted to is told all the same");
  expect(await incidents()).toEqual(["ROW_STRAY"]);
  await expect(
    superuser.sql.query("insert into app.audit_events (id, action) overriding system value values (0, 'FORGED')"),
  ).rejects.toMatchObject({ code: "23514" });
});

test("npm run audit:verify names the first broken row; it ends with 0, 1, or 2 when it could not look", async () => {
  const key = signer.publicKey.export({ type: "spki", format: "der" }).toString("base64");
  const run = (env: Record<string, string>, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["jobs/commands/audit-verify.ts", ...args], {
      encoding: "utf8",
      env: {
        ...process.env,
        WORKER_DATABASE_URL: database.workerUrl,
        AUDIT_PUBLIC_KEY: key,
        AUDIT_HEADS_FILE: headsFile,
        ...env,
      },
    });
    return { status, said: stdout + stderr };
  };
  await act(5);
  await sealer()();
  expect(run({})).toMatchObject({
    status: 0,
    said: expect.stringContaining("The audit trail is whole: 5 rows in 1 sealed batch"),
  });
  expect(run({}, "--heads", path.join(folder, "nowhere"))).toMatchObject({ status: 2 });
  expect(run({ AUDIT_PUBLIC_KEY: "changeme" })).toMatchObject({ status: 2 });
  expect(run({ WORKER_DATABASE_URL: "postgres://worker:x@127.0.0.1:1/postgres" })).toMatchObject({ status: 2 });
  const id = await database.value<number>("select id::int from app.audit_events order by id offset 2 limit 1");
  await superuser.sql.query("alter table app.audit_events disable trigger _010_append_only");
  await superuser.sql.query("update app.audit_events set ip = '10.0.0.9' where id = $1", [id]);
  expect(run({})).toMatchObject({
    status: 1,
    said: expect.stringContaining(
      `BROKEN at no. 3 of the chain, event ${id}: its row of the trail is not what was sealed (EVENT_CHANGED)`,
    ),
  });
});
