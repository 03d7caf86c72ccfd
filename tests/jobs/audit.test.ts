import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { parseHead, openHeads } from "#jobs/audit/heads.ts";
import { openCheck } from "#jobs/audit/check.ts";
import { keysById, openSigner } from "#jobs/audit/keys.ts";
import { openLedger, readerOf, type Ledger } from "#jobs/audit/ledger.ts";
import { openSealer } from "#jobs/audit/seal.ts";
import { openWatch } from "#jobs/audit/watch.ts";
import { verifyChain } from "#jobs/audit/verify.ts";
import { log, reasonOf } from "#jobs/log.ts";
import { databaseUrl } from "#supabase/local/platform.ts";
import { freshDatabase } from "#tests/support/database.ts";

const signerOf = () =>
  openSigner(generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString());
const signer = signerOf();
const keys = keysById([signer.publicKey]);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "alfa-heads-"));
const headsFile = path.join(folder, "heads.jsonl");
const database = freshDatabase();
let ledger: Ledger;
let superuser: pg.Client;

beforeAll(async () => {
  ledger = openLedger(database.workerUrl);
  superuser = new pg.Client({
    connectionString: databaseUrl(database.port, "supabase_admin", database.credentials.supabaseAdmin),
  });
  await superuser.connect();
  // Incidents and mails of one test are not for the next.
  for (const table of ["incident_events", "incidents", "mails"])
    await superuser.query(`alter table app.${table} disable trigger _030_not_deleted`);
});
afterAll(async () => {
  await superuser.end();
  await ledger.close();
  fs.rmSync(folder, { recursive: true });
});
// A trail and a file of their own for each test. Only a superuser can, with the triggers off.
beforeEach(async () => {
  await superuser.query(`
    set session_replication_role = replica;
    alter table audit.links disable trigger all; alter table audit.seals disable trigger all;
    alter table audit.signatures disable trigger all; alter table app.audit_events disable trigger all;
    alter table audit.unsealed disable trigger all;
    delete from audit.signatures; delete from audit.seals; delete from audit.links; delete from audit.unsealed; delete
      from app.audit_events;
    delete from app.incident_events; delete from app.incidents; delete from app.mails;
    update audit.watch set logged_batch = 0, mailed_batch = 0, mailed_at = null, checked_at = null,
      check_started_at = null, check_batch = 0;
    update audit.turn set until = '-infinity';
    alter table audit.links enable always trigger _010_append_only;
    alter table app.audit_events enable always trigger _010_append_only;
    alter table app.audit_events enable trigger _100_queue_for_seal;
    alter table audit.unsealed enable always trigger _100_sealer_only;
    set session_replication_role = origin;`);
  fs.rmSync(headsFile, { force: true });
});

const act = (times = 1) =>
  database.one("select private.audit('TESTED', 'order', 'ORD-2026-' || n) from generate_series(1, $1::int) n", [times]);
const sealer = (using: Ledger = ledger) => openSealer({ ledger: using, signer, keys, headsFile });
const heads = () =>
  fs.existsSync(headsFile)
    ? fs
        .readFileSync(headsFile, "utf8")
        .trim()
        .split("\n")
        .map((line) => parseHead(line)!)
    : [];
const verify = async () => verifyChain(ledger, { keys, heads: await openHeads(headsFile), secondLookMs: 20 });
const whats = async () => (await verify()).findings.map(({ what }) => what);
const incidents = async () =>
  (await database.one("select coalesce(jsonb_agg(detail ->> 'what' order by id), '[]') as list from app.incidents"))
    ?.list;

test("what is written is sealed, signed and written outside, and the verifier agrees", async () => {
  await act(3);
  await sealer()();
  await act(2);
  await sealer()();
  expect(heads()).toMatchObject([
    { batch: 1, firstSeq: 1, lastSeq: 3, keyId: signer.keyId },
    { batch: 2, firstSeq: 4, lastSeq: 5 },
  ]);
  expect(heads()[1]!.previous).toBe(heads()[0]!.head);
  expect(await verify()).toMatchObject({
    findings: [],
    rows: 5,
    seq: 5,
    batch: 2,
    unsigned: 0,
    waiting: 0,
    notInHeads: 0,
    oddDates: 0,
  });
  await sealer()(); // Nothing new, nothing written.
  expect(heads()).toHaveLength(2);
});

test("each act in Shadow Mode is one line of the log, in its wording", async () => {
  const line = vi.spyOn(log, "info").mockImplementation(() => undefined);
  await database.one("select private.audit('TESTED', 'order', 'x')");
  await database.placeOrder({ shadow: true });
  await superuser.query(`
    insert into app.audit_events (actor_code, partner_id, acting_session_id, action)
    select 'AGT-001', p.id, s.id, 'ORDER_PLACED' from app.partners p, app.acting_sessions s limit 1`);
  await sealer()();
  await sealer()();
  const said = line.mock.calls.map(([, words]) => words).filter((words) => words?.startsWith("[AUDIT"));
  // The session that the order needs is begun by the owner's hand, in nobody's login: it is known all the same.
  expect(said).toEqual(
    ["ACTING_BEGUN", "ORDER_PLACED"].map(
      (action) => `[AUDIT_IMPERSONATION] Agent:AGT-001 acted_as Partner:PTR-0001 action:${action}`,
    ),
  );
});

test.each(["sign", "actsLogged", "mailHead", "actsToLog"] as const)(
  "a worker killed at %s loses nothing: the next one goes on",
  async (step) => {
    await act(3);
    const dying: Ledger = { ...ledger, [step]: () => Promise.reject(new Error("killed")) };
    await expect(sealer(dying)()).rejects.toThrow("killed");
    await act(2);
    await sealer()();
    expect(heads().map(({ batch }) => batch)).toEqual([1, 2]);
    expect(await verify()).toMatchObject({ findings: [], rows: 5, unsigned: 0, notInHeads: 0 });
  },
);

test("a head that was signed and not written, or half written, is in the file after the next pass", async () => {
  for (let batch = 0; batch < 3; batch += 1) {
    await act();
    await sealer()();
  }
  const whole = fs.readFileSync(headsFile, "utf8");
  fs.writeFileSync(headsFile, whole.split("\n").slice(0, 2).join("\n").slice(0, -40));
  await sealer()();
  expect(fs.readFileSync(headsFile, "utf8")).toBe(whole);
  fs.rmSync(headsFile);
  await sealer()();
  expect(fs.readFileSync(headsFile, "utf8")).toBe(whole);
});

test("nothing is signed when the database is not what the file of heads says", async () => {
  await act(2);
  await sealer()();
  const [head] = heads();
  fs.appendFileSync(headsFile, `${JSON.stringify({ ...head, batch: 2, firstSeq: 3, lastSeq: 9 })}\n`);
  await act(2);
  await sealer()();
  expect(heads()).toHaveLength(2);
  expect((await ledger.seals(0, 9)).map(({ signature }) => signature !== null)).toEqual([true, false]);
  expect(await incidents()).toEqual(["HEAD_DIFFERS"]);
  // No staff in this database.
  expect(await database.one("select count(*)::int as n from app.mails where kind = 'AUDIT_BROKEN'")).toEqual({
    n: 0,
  });
});

test("a row that was changed between seal and signature is not signed", async () => {
  await act(2);
  await ledger.seal(10);
  await superuser.query(
    `
      alter table app.audit_events disable trigger _010_append_only; update app.audit_events set entity_key = 'other'
        where id = (select max(id) from app.audit_events)`,
  );
  await sealer()();
  expect(heads()).toEqual([]);
  expect(await incidents()).toEqual(["EVENT_CHANGED"]);
});

test("somebody else's signature, and an unknown key, are told", async () => {
  await act(2);
  await openSealer({ ledger, signer: signerOf(), keys, headsFile })();
  expect(await whats()).toEqual(["KEY_UNKNOWN"]);
  await superuser.query("alter table audit.signatures disable trigger all");
  await superuser.query("update audit.signatures set key_id = $1", [signer.keyId]);
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
  await superuser.query(
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
  await superuser.query(
    `
      alter table app.audit_events disable trigger _010_append_only; delete from app.audit_events
        where id = (select min(id) from app.audit_events)`,
  );
  await superuser.query("update audit.watch set checked_at = now(), check_started_at = now(), check_batch = 2");
  await openCheck({ ledger, keys, headsFile, signal: new AbortController().signal })();
  expect(await database.one("select checked_findings as findings from audit.watch")).toEqual({ findings: 1 });
  expect(await incidents()).toEqual(["EVENT_MISSING"]);
});

test("locks that any login can take stop no sealer", async () => {
  const web = new pg.Client({ connectionString: database.webUrl });
  await web.connect();
  // As where nobody is superuser who could forbid it.
  await superuser.query("grant execute on function pg_catalog.pg_advisory_lock(bigint) to web");
  await web.query("select pg_advisory_lock(7201407), pg_advisory_lock(7201408)");
  await expect(web.query("select from audit.turn for update")).rejects.toMatchObject({ code: "42501" });
  await expect(web.query("select jobs.take_audit_turn(100)")).rejects.toMatchObject({ code: "42501" });
  await act(2);
  await sealer()();
  await web.end();
  expect(await verify()).toMatchObject({ findings: [], rows: 2, waiting: 0 });
});

test("one worker at a time has the turn; whoever lost it seals, signs and writes nothing any more", async () => {
  await act(2);
  const refused: unknown[] = [];
  await ledger.inTurn(async (turn) => {
    expect(await ledger.inTurn(() => Promise.resolve("two at once"))).toBeNull();
    expect(await ledger.seal(10)).toBeNull(); // By hand neither.
    expect((await ledger.seal(10, turn))?.count).toBe(2);
    await superuser.query("update audit.turn set until = now()"); // As if this process had slept for long.
    await ledger.inTurn(async (next) => {
      expect(next.number).toBe(turn.number + 1);
      await act();
      expect(await ledger.seal(10, turn)).toBeNull();
      for (const late of [() => ledger.sign(turn, 1, signer.keyId, "00".repeat(64), "2026-01-01"), turn.keep])
        refused.push(await late().catch(reasonOf));
      expect((await ledger.seal(10, next))?.count).toBe(1);
    });
  });
  expect(refused).toEqual(Array(2).fill(expect.stringMatching(/: another worker has the turn of the sealer$/)));
  expect((await ledger.seals(0, 9)).map(({ signature }) => signature)).toEqual([null, null]);
  // From before a clock was put back.
  await superuser.query("update audit.turn set until = now() + interval '5 hours'");
  await sealer()();
  expect(heads()).toHaveLength(2);
});

test("a queue that stands is told, by the verifier and by the worker; one that moves is not", async () => {
  let clock = 0;
  const watch = openWatch(ledger, () => clock);
  await act(3);
  await watch();
  clock += 60_000;
  await watch();
  expect(await whats()).toEqual([]);
  await superuser.query(
    "begin; set local session_replication_role = replica; " +
      "alter table audit.unsealed disable trigger _100_sealer_only; " +
      "update audit.unsealed set queued_at = now() - interval '11 minutes'; alter table audit.unsealed enable always " +
      "trigger _100_sealer_only; commit",
  );
  expect(await whats()).toEqual(["QUEUE_STALE"]);
  await watch();
  expect(await incidents()).toEqual(["QUEUE_STALE"]);
  // The same when its word is put forward again and again: this worker saw it wait.
  await superuser.query("delete from app.incident_events; delete from app.incidents");
  await superuser.query(
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
  await superuser.query(backdated);
  await sealer()();
  const working = sealer();
  await act(2);
  await working();
  expect(await verify()).toMatchObject({ findings: [], oddDates: 0 });
  await superuser.query(`
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
  await superuser.query(
    "begin; alter table audit.seals disable trigger _010_append_only; update audit.seals set drained = false; alter " +
      "table audit.seals enable always trigger _010_append_only; commit",
  );
  await sealer()();
  expect(await incidents()).toEqual(["SEAL_CHANGED"]);
});

test("clocks: steps of under an hour and a clock that ran ahead are no finding, one put back by more is", async () => {
  const batch = async (shift: string) => {
    await superuser.query(
      `insert into app.audit_events (at, action) values (clock_timestamp() + interval '${shift}', 'TESTED')`,
    );
    await ledger.seal(100);
    await superuser.query(`
      begin; alter table audit.seals disable trigger _010_append_only; update audit.seals set sealed_at = sealed_at
        + interval '${shift}' where batch = (select max(batch) from audit.seals);
      alter table audit.seals enable always trigger _010_append_only; commit`);
    await sealer()();
  };
  for (const shift of ["0", "50 minutes", "0", "-50 minutes", "0"]) await batch(shift);
  expect(await whats()).toEqual([]);
  await superuser.query("delete from app.incident_events; delete from app.incidents");
  await batch("3 hours"); // The signer's clock is right.
  await batch("0");
  expect(await whats()).toEqual([]);
  await batch("-3 hours");
  expect(await whats()).toEqual(["CLOCK_BACK"]);
});

test("rows with numbers that no row has are found: from the very first, and beyond what can be counted", async () => {
  await act(2);
  await sealer()();
  await superuser.query("begin; set local session_replication_role = replica");
  await superuser.query(
    `
      alter table app.audit_events drop constraint audit_events_id_check;
      alter table audit.links drop constraint links_seq_check`,
  );
  for (const id of ["-9223372036854775808", "-5", "0", "9223372036854775807"]) {
    await superuser.query("insert into app.audit_events (id, action) overriding system value values ($1, 'FORGED')", [
      id,
    ]);
  }
  await superuser.query(
    "insert into audit.links select 0, id, at, sha256(''), sha256('') from app.audit_events where id = 0",
  ); // A link where nobody looks hides nothing.
  const reader = readerOf(
    async (text, values = []) => (await superuser.query<unknown[]>({ text, values, rowMode: "array" })).rows,
  );
  const report = await verifyChain(reader, { keys, heads: await openHeads(headsFile) }).finally(() =>
    superuser.query("rollback"),
  );
  expect(report.findings.map(({ what }) => what)).toEqual(Array(4).fill("ROW_STRAY"));
  await ledger.noteBroken("ROW_STRAY", null, 2 ** 63, "a number that cannot be counted to is told all the same");
  expect(await incidents()).toEqual(["ROW_STRAY"]);
  await expect(
    superuser.query("insert into app.audit_events (id, action) overriding system value values (0, 'FORGED')"),
  ).rejects.toMatchObject({ code: "23514" });
});

test("a key that was replaced signs nothing any more, whoever holds it", async () => {
  const next = signerOf();
  const both = keysById([signer.publicKey, next.publicKey]);
  const look = async () =>
    (await verifyChain(ledger, { keys: both, heads: await openHeads(headsFile) })).findings.map(({ what }) => what);
  await act();
  await sealer()();
  await act();
  const working = openSealer({ ledger, signer: next, keys: both, headsFile });
  await working();
  expect(await look()).toEqual([]);
  await act();
  await ledger.seal(10);
  const [seal] = await ledger.seals(2, 1);
  await superuser.query("select jobs.sign_seal(3, $1, $2, now())", [signer.keyId, signer.sign(seal!)]);
  expect(await look()).toEqual(["KEY_RETIRED"]);
  await working();
  expect(await incidents()).toEqual(["KEY_RETIRED"]);
  expect(heads()).toHaveLength(2);
  // A file that was lost is written anew by a worker that saw the change: that is no finding.
  await superuser.query(
    "begin; set local session_replication_role = replica; alter table audit.signatures disable trigger all; delete " +
      "from audit.signatures where batch = 3; commit; delete from app.incident_events; delete from app.incidents",
  );
  fs.rmSync(headsFile);
  await working();
  expect(await incidents()).toEqual([]);
  // The incident is a row too.
  expect(heads().map(({ keyId }) => keyId)).toEqual([signer.keyId, ...Array<string>(3).fill(next.keyId)]);
});

test("npm run audit:verify names the first broken row; it ends with 0, 1, or 2 when it could not look", async () => {
  const key = signer.publicKey.export({ type: "spki", format: "der" }).toString("base64");
  const run = (env: Record<string, string>, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--import", "tsx", "jobs/commands/audit-verify.ts", ...args],
      {
        encoding: "utf8",
        env: {
          ...process.env,
          WORKER_DATABASE_URL: database.workerUrl,
          AUDIT_PUBLIC_KEY: key,
          AUDIT_HEADS_FILE: headsFile,
          ...env,
        },
      },
    );
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
  await superuser.query("alter table app.audit_events disable trigger _010_append_only");
  await superuser.query("update app.audit_events set ip = '10.0.0.9' where id = $1", [id]);
  expect(run({})).toMatchObject({
    status: 1,
    said: expect.stringContaining(
      `BROKEN at no. 3 of the chain, event ${id}: its row of the trail is not what was sealed (EVENT_CHANGED)`,
    ),
  });
});

test("the newest head goes to the auditors, at most every six hours", async () => {
  await database.one(`
    with u as (insert into auth.users (id, aud, role, email)
      values (gen_random_uuid(), 'authenticated', 'authenticated', 'cio@demo.test') returning id)
    insert into app.accounts (id, code, role, name) select id, 'AUD-001', 'AUDITOR', 'Auditor' from u`);
  await act();
  await sealer()();
  await act();
  await sealer()();
  const mails = async () =>
    (
      await superuser.query<{ kind: string; props: Record<string, unknown> }>(
        "select kind, props from app.mails order by id",
      )
    ).rows;
  expect(await mails()).toMatchObject([
    { kind: "AUDIT_HEAD", props: { batch: 1, seq: 1, head: heads()[0]!.head, keyId: signer.keyId } },
  ]);
  await superuser.query("update audit.watch set mailed_at = now() - interval '7 hours'");
  await sealer()();
  expect((await mails()).map(({ props }) => props.batch)).toEqual([1, 2]);
  await superuser.query("update audit.watch set mailed_at = now() - interval '7 hours'");
  await sealer()(); // Nothing new.
  expect(await mails()).toHaveLength(2);
});
