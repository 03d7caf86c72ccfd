import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { parseHead, openHeads, type Head } from "#jobs/audit/heads.ts";
import { checkTrail } from "#jobs/audit/check.ts";
import { keysById, openSigner } from "#jobs/audit/keys.ts";
import { openLedger, type Ledger } from "#jobs/audit/ledger.ts";
import { openSealer } from "#jobs/audit/seal.ts";
import { verifyChain } from "#jobs/audit/verify.ts";
import { log } from "#jobs/log.ts";
import { databaseUrl } from "#supabase/local/platform.ts";
import { openWorld, type World } from "./support/world.ts";

const signerOf = () => openSigner(generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString());
const signer = signerOf();
const keys = keysById([signer.publicKey]);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "alfa-heads-"));
const headsFile = path.join(folder, "heads.jsonl");
let world: World;
let ledger: Ledger;
let superuser: pg.Client;

beforeAll(async () => {
  world = await openWorld();
  ledger = openLedger(world.workerUrl);
  superuser = new pg.Client({ connectionString: databaseUrl(world.port, "supabase_admin", world.credentials.supabaseAdmin) });
  await superuser.connect();
}, 60_000);
afterAll(async () => {
  await superuser.end();
  await ledger.close();
  await world.remove();
  fs.rmSync(folder, { recursive: true });
});
// A trail and a file of their own for each test. Only a superuser can, with the triggers off.
beforeEach(async () => {
  await superuser.query(`
    set session_replication_role = replica;
    alter table audit.links disable trigger all; alter table audit.seals disable trigger all; alter table audit.signatures disable trigger all; alter table app.audit_events disable trigger all;
    delete from audit.signatures; delete from audit.seals; delete from audit.links; delete from audit.unsealed; delete from app.audit_events;
    delete from app.incident_events; delete from app.incidents; delete from app.notices;
    update audit.watch set logged_batch = 0, mailed_batch = 0, mailed_at = null, checked_at = null, check_started_at = null, check_batch = 0;
    alter table audit.links enable always trigger append_only; alter table app.audit_events enable always trigger append_only; alter table app.audit_events enable trigger queue_for_seal;
    set session_replication_role = origin;`);
  fs.rmSync(headsFile, { force: true });
});

const act = (times = 1) => world.one("select private.audit('TESTED', 'order', 'ORD-2026-' || n) from generate_series(1, $1::int) n", [times]);
const sealer = (using: Ledger = ledger) => openSealer({ ledger: using, signer, keys, headsFile });
const heads = () => (fs.existsSync(headsFile) ? fs.readFileSync(headsFile, "utf8").trim().split("\n").map(parseHead) : []) as Head[];
const verify = async () => verifyChain(ledger, { keys, heads: await openHeads(headsFile) });
const whats = async () => (await verify()).findings.map(({ what }) => what);
const incidents = async () => (await world.one("select coalesce(jsonb_agg(detail ->> 'what' order by id), '[]') as list from app.incidents"))?.list;

test("what is written is sealed, signed and written outside, and the verifier agrees", async () => {
  await act(3);
  await sealer()();
  await act(2);
  await sealer()();
  expect(heads()).toMatchObject([{ batch: 1, firstSeq: 1, lastSeq: 3, keyId: signer.keyId }, { batch: 2, firstSeq: 4, lastSeq: 5 }]);
  expect(heads()[1]!.previous).toBe(heads()[0]!.head);
  expect(await verify()).toMatchObject({ findings: [], rows: 5, seq: 5, batch: 2, unsigned: 0, waiting: 0, notInHeads: 0, oddDates: 0 });
  await sealer()(); // Nothing new, nothing written.
  expect(heads()).toHaveLength(2);
});

test("each act in Shadow Mode is one line of the log, in its wording", async () => {
  const line = vi.spyOn(log, "info").mockImplementation(() => undefined);
  await world.one("select private.audit('TESTED', 'order', 'x')");
  await world.placeOrder({ shadow: true });
  await superuser.query(`
    insert into app.audit_events (actor_code, partner_id, acting_session_id, action)
    select 'SLS-001', p.id, s.id, 'ORDER_PLACED' from app.partners p, app.acting_sessions s limit 1`);
  await sealer()();
  await sealer()();
  const said = line.mock.calls.map(([, words]) => words).filter((words) => words?.startsWith("[AUDIT"));
  expect(said).toEqual(["[AUDIT_IMPERSONATION] Agent:SLS-001 acted_as Partner:PTR-0001 action:ORDER_PLACED"]);
});

test.each(["sign", "actsLogged", "mailHead", "actsToLog"] as const)("a worker killed at %s loses nothing: the next one goes on", async (step) => {
  await act(3);
  const dying: Ledger = { ...ledger, [step]: () => Promise.reject(new Error("killed")) };
  await expect(sealer(dying)()).rejects.toThrow("killed");
  await act(2);
  await sealer()();
  expect(heads().map(({ batch }) => batch)).toEqual([1, 2]);
  expect(await verify()).toMatchObject({ findings: [], rows: 5, unsigned: 0, notInHeads: 0 });
});

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
  expect(await world.one("select count(*)::int as n from app.notices where kind = 'AUDIT_BROKEN'")).toEqual({ n: 0 }); // No office in this world.
});

test("a row that was changed between seal and signature is not signed", async () => {
  await act(2);
  await ledger.seal(10);
  await superuser.query("alter table app.audit_events disable trigger append_only; update app.audit_events set entity_key = 'other' where id = (select max(id) from app.audit_events)");
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

test("the daily check runs once a day, opens an incident for what it finds, and goes on where it was cut short", async () => {
  const check = (signal = new AbortController().signal) => checkTrail({ ledger, keys, headsFile, signal });
  await act(3);
  await sealer()();
  await act(3);
  await sealer()();
  await check(AbortSignal.abort());
  expect(await world.one("select checked_at, check_started_at is not null as running from audit.watch")).toEqual({ checked_at: null, running: true });
  await check();
  expect(await world.one("select checked_seq::int as seq, checked_findings as findings, check_started_at as running from audit.watch")).toEqual({ seq: 6, findings: 0, running: null });
  expect(await ledger.beginCheck()).toBeNull();
  await superuser.query("alter table app.audit_events disable trigger append_only; delete from app.audit_events where id = (select min(id) from app.audit_events)");
  await superuser.query("update audit.watch set checked_at = now() - interval '25 hours'");
  await check();
  expect(await world.one("select checked_findings as findings from audit.watch")).toEqual({ findings: 1 });
  expect(await incidents()).toEqual(["EVENT_MISSING"]);
});

test("npm run audit:verify names the first broken row; it ends with 0, 1, or 2 when it could not look", async () => {
  const key = signer.publicKey.export({ type: "spki", format: "der" }).toString("base64");
  const run = (env: Record<string, string>, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "jobs/commands/audit-verify.ts", ...args], {
      encoding: "utf8", env: { ...process.env, WORKER_DATABASE_URL: world.workerUrl, AUDIT_PUBLIC_KEY: key, AUDIT_HEADS_FILE: headsFile, ...env },
    });
    return { status, said: stdout + stderr };
  };
  await act(5);
  await sealer()();
  expect(run({})).toMatchObject({ status: 0, said: expect.stringContaining("The audit trail is whole: 5 rows in 1 sealed batch") as string });
  expect(run({}, "--heads", path.join(folder, "nowhere"))).toMatchObject({ status: 2 });
  expect(run({ AUDIT_PUBLIC_KEY: "changeme" })).toMatchObject({ status: 2 });
  expect(run({ WORKER_DATABASE_URL: "postgres://worker:x@127.0.0.1:1/postgres" })).toMatchObject({ status: 2 });
  const { id } = (await world.one("select id::int from app.audit_events order by id offset 2 limit 1")) as { id: number };
  await superuser.query("alter table app.audit_events disable trigger append_only");
  await superuser.query("update app.audit_events set ip = '10.0.0.9' where id = $1", [id]);
  expect(run({})).toMatchObject({ status: 1, said: expect.stringContaining(`BROKEN at no. 3 of the chain, event ${id}: its row of the trail is not what was sealed (EVENT_CHANGED)`) as string });
});

test("the newest head goes to the auditors, at most every six hours", async () => {
  await world.one(`with u as (insert into auth.users (id, aud, role, email) values (gen_random_uuid(), 'authenticated', 'authenticated', 'cio@demo.test') returning id)
    insert into app.accounts (id, code, role, name) select id, 'AUD-001', 'AUDITOR', 'Auditor' from u`);
  await act();
  await sealer()();
  await act();
  await sealer()();
  const letters = async () => (await superuser.query<{ kind: string; props: Record<string, unknown> }>("select kind, props from app.notices order by id")).rows;
  expect(await letters()).toMatchObject([{ kind: "AUDIT_HEAD", props: { batch: 1, seq: 1, head: heads()[0]!.head, keyId: signer.keyId } }]);
  await superuser.query("update audit.watch set mailed_at = now() - interval '7 hours'");
  await sealer()();
  expect((await letters()).map(({ props }) => props.batch)).toEqual([1, 2]);
  await superuser.query("update audit.watch set mailed_at = now() - interval '7 hours'");
  await sealer()(); // Nothing new.
  expect(await letters()).toHaveLength(2);
});
