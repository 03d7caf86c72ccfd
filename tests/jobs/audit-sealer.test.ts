import fs from "node:fs";
import pg from "pg";
import { expect, test, vi } from "vitest";
import { openHeads } from "#jobs/audit/heads.ts";
import { keysById } from "#jobs/audit/keys.ts";
import { type Ledger } from "#jobs/audit/ledger.ts";
import { openSealer } from "#jobs/audit/seal.ts";
import { verifyChain } from "#jobs/audit/verify.ts";
import { log, reasonOf } from "#jobs/log.ts";
import { auditTrail, signer, signerOf } from "./support/audit-trail.ts";

const { database, ledger, superuser, headsFile, act, sealer, heads, verify, incidents } = auditTrail();

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
  await superuser.sql.query(`
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
  await superuser.sql.query(
    `
      alter table app.audit_events disable trigger _010_append_only; update app.audit_events set entity_key = 'other'
        where id = (select max(id) from app.audit_events)`,
  );
  await sealer()();
  expect(heads()).toEqual([]);
  expect(await incidents()).toEqual(["EVENT_CHANGED"]);
});

test("locks that any login can take stop no sealer", async () => {
  const web = new pg.Client({ connectionString: database.webUrl });
  await web.connect();
  // As where nobody is superuser who could forbid it.
  await superuser.sql.query("grant execute on function pg_catalog.pg_advisory_lock(bigint) to web");
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
    await superuser.sql.query("update audit.turn set until = now()"); // As if this process had slept for long.
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
  await superuser.sql.query("update audit.turn set until = now() + interval '5 hours'");
  await sealer()();
  expect(heads()).toHaveLength(2);
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
  await superuser.sql.query("select jobs.sign_seal(3, $1, $2, now())", [signer.keyId, signer.sign(seal!)]);
  expect(await look()).toEqual(["KEY_RETIRED"]);
  await working();
  expect(await incidents()).toEqual(["KEY_RETIRED"]);
  expect(heads()).toHaveLength(2);
  // A file that was lost is written anew by a worker that saw the change: that is no finding.
  await superuser.sql.query(
    "begin; set local session_replication_role = replica; alter table audit.signatures disable trigger all; delete " +
      "from audit.signatures where batch = 3; commit; delete from app.incident_events; delete from app.timers; " +
      "delete from app.notifications; delete from app.incidents",
  );
  fs.rmSync(headsFile);
  await working();
  expect(await incidents()).toEqual([]);
  // The incident is a row too.
  expect(heads().map(({ keyId }) => keyId)).toEqual([signer.keyId, ...Array<string>(3).fill(next.keyId)]);
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
      await superuser.sql.query<{ kind: string; props: Record<string, unknown> }>(
        "select kind, props from app.mails order by id",
      )
    ).rows;
  expect(await mails()).toMatchObject([
    { kind: "AUDIT_HEAD", props: { batch: 1, seq: 1, head: heads()[0]!.head, keyId: signer.keyId } },
  ]);
  await superuser.sql.query("update audit.watch set mailed_at = now() - interval '7 hours'");
  await sealer()();
  expect((await mails()).map(({ props }) => props.batch)).toEqual([1, 2]);
  await superuser.sql.query("update audit.watch set mailed_at = now() - interval '7 hours'");
  await sealer()(); // Nothing new.
  expect(await mails()).toHaveLength(2);
});
