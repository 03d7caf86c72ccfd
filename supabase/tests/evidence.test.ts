import { expect, test } from "vitest";
import { z } from "zod";
import { fieldOf } from "#app/db/thrown.ts";
import { signingKey, sealTrail } from "./seal.ts";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb } from "#tests/support/rolled-back.ts";

const key = signingKey();
const ask = "select app.begin_export($1, $2, $3, $4)";
const today = (db: TestDb, days = 0) =>
  db.value<string>("select ((now() at time zone 'Asia/Jakarta')::date - $1::int)::text", [days]);
const seal = (db: TestDb, rows = 5) => sealTrail(db.sql, key, rows);

/** Sari places an order for Budi and signs nothing else; the trail is sealed and signed. */
async function shadowOrder(db: TestDb): Promise<string> {
  const skus = await plenty(db);
  await db.actFor(people.sari, "PTR-0001");
  const number = await db.buy(people.sari, [skus[0]!, 3]);
  await db.as(people.sari, () => db.sql.query("select app.end_acting()"));
  return number;
}

const begin = async (db: TestDb, from?: string, to?: string) =>
  db.as(people.auditor, async () =>
    db.value<string>(ask, ["SLS-001", from ?? (await today(db)), to ?? (await today(db)), "laporan HR"]),
  );

type Exported = {
  audit: Array<{ seq: number; line: string }>;
  words: string[];
  orders: string[];
  hits: string[];
  chain: string;
  seals: string[];
};

/** Opens a download and reads all of it, in pages of two. */
const download = (db: TestDb, ref: string) =>
  db.as(people.auditor, async (): Promise<Exported & { scope: Record<string, unknown> }> => {
    const scope = await db.value<Record<string, unknown>>("select app.begin_download($1)", [ref]);
    const all = async <Row extends Record<string, unknown>>(page: string, key: keyof Row & string, kind = "") => {
      const rows: Row[] = [];
      for (let after: unknown = 0; ; after = rows.at(-1)![key]) {
        const found = await db.rows<Row>(`select * from app.${page}($1, ${kind && `'${kind}', `}$2, 2)`, [ref, after]);
        if (found.length === 0) return rows;
        rows.push(...found);
      }
    };
    const lines = (rows: Array<{ line: string }>) => rows.map(({ line }) => line);
    const fixed = async (kind: string) => lines(await all<{ n: number; line: string }>("export_lines_page", "n", kind));
    return {
      scope,
      audit: await all<{ seq: number; line: string }>("export_audit_page", "seq"),
      words: await fixed("WORDS"),
      orders: await fixed("ORDER"),
      hits: await fixed("HIT"),
      chain: (await all<{ last_seq: number; lines: string }>("export_chain_page", "last_seq"))
        .map((page) => page.lines)
        .join(""),
      seals: lines(await all<{ batch: number; line: string }>("export_seals_page", "batch")),
    };
  });

test(
  "only an auditor asks for evidence, about a salesman, with a reason and a sound period",
  rolledBack(async (db) => {
    await shadowOrder(db);
    const day = await today(db);
    expect(await db.stopped(people.auditor, ask, ["SLS-001", day, day, "laporan"])).toBe("NOT_SIGNED_YET");
    await seal(db);
    for (const person of [people.budi, people.sari, people.admin])
      expect(await db.stopped(person, ask, ["SLS-001", day, day, "laporan"])).toBe("DENIED");
    expect(await db.stopped(null, ask, ["SLS-001", day, day, "laporan"])).toBe("42501");
    const refused = async (code: string, from: string | null, to: string | null, reason: string) =>
      db.stopped(people.auditor, ask, [code, from, to, reason]);
    expect(await refused("SLS-999", day, day, "laporan")).toBe("NOT_FOUND");
    expect(await refused("ADM-001", day, day, "laporan")).toBe("NOT_FOUND");
    expect(await refused("SLS-001", day, day, " x ")).toBe("REASON_REQUIRED");
    expect(await refused("SLS-001", null, day, "laporan")).toBe("DAY");
    expect(await refused("SLS-001", day, await today(db, 1), "laporan")).toBe("PERIOD");
    expect(await refused("SLS-001", day, await today(db, -1), "laporan")).toBe("PERIOD");
    expect(await refused("SLS-001", await today(db, 400), day, "laporan")).toBe("PERIOD");
    expect(await refused("SLS-001", await today(db, 399), day, "laporan")).toBeNull();
  }),
);

const act = z.object({ actor: z.string(), action: z.string(), key: z.string(), target: z.string().nullable() });
test(
  "an export holds what he did, what was done to him and to his orders, and nothing of others",
  rolledBack(async (db) => {
    const skus = await plenty(db);
    const hers = await db.buy(people.maya, [skus[0]!, 2]);
    const number = await shadowOrder(db);
    await db.as(people.admin, () => db.sql.query("select app.move_order($1, 'PROCESSING', '')", [number]));
    await seal(db, 3);
    const { audit, orders, chain, seals, scope } = await download(db, await begin(db));
    const acts = audit.map(({ line }) => act.parse(JSON.parse(line)));
    expect(acts.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["ACTING_BEGUN", "ORDER_PLACED", "ACTING_ENDED", "ORDER_MOVED"]),
    );
    // What was done today to an order that he placed earlier is there too.
    const his = (
      await db.rows<{ number: string }>(
        "select number from app.orders where placed_by = $1 and acting_session_id is not null",
        [people.sari],
      )
    ).map((order) => order.number);
    expect(
      acts.filter(
        ({ actor, target, key }) =>
          actor !== "SLS-001" && target !== "SLS-001" && key !== "SLS-001" && !his.includes(key),
      ),
    ).toEqual([]);
    expect(acts.some((act) => act.key === hers)).toBe(false);
    expect(orders.map((line) => fieldOf(JSON.parse(line), "number"))).toEqual([number]);
    expect(orders[0]).toContain('"trace": {');
    expect(orders[0]).not.toContain("@");
    // The chain is whole from the batch before the first row to the signed end.
    const links = chain
      .trimEnd()
      .split("\r\n")
      .map((line) => Number(line.split(",")[0]));
    expect(links).toEqual(Array.from({ length: links.length }, (_, index) => Number(scope.firstSeq) + index));
    expect(links.at(-1)).toBe(scope.lastSeq);
    expect(seals.map((line) => fieldOf(JSON.parse(line), "keyId"))).toEqual(seals.map(() => key.keyId));
    const firstSeal = z.object({ batch: z.number(), lastSeq: z.number() }).parse(JSON.parse(seals[0]!));
    expect(firstSeal.batch === 1 || firstSeal.lastSeq < audit[0]!.seq).toBe(true);
  }),
);

test(
  "an order is one row however many channels told its owner",
  rolledBack(async (db) => {
    await db.sql.query("select jobs.declare_channels('{EMAIL,SMS}')");
    const number = await shadowOrder(db);
    await seal(db);
    const ref = await begin(db);
    const { orders } = await download(db, ref);
    expect(orders).toHaveLength(1);
    expect(JSON.parse(orders[0]!)).toMatchObject({
      number,
      alerts: [
        { channel: "EMAIL", state: "PENDING", sentAt: null },
        { channel: "SMS", state: "PENDING", sentAt: null },
      ],
    });
    expect(await db.value("select order_rows from app.evidence_exports where ref = $1", [ref])).toBe(1);
  }),
);

test(
  "the same scope reads the same whatever happened since; a longer chain is another scope",
  rolledBack(async (db) => {
    const number = await shadowOrder(db);
    await seal(db);
    const before = await download(db, await begin(db));
    await db.sql.query("update app.shadow_traces set verdict = 'IMPLAUSIBLE', ip = '203.0.113.9'");
    await db.sql.query("select private.hold_order(id, 'DISPUTED', 'ADM-001') from app.orders where number = $1", [
      number,
    ]);
    const again = await download(db, await begin(db));
    expect(again).toEqual(before);
    await seal(db);
    const longer = await download(db, await begin(db));
    expect(longer.audit.length).toBeGreaterThan(before.audit.length);
    expect(longer.orders[0]).toContain("IMPLAUSIBLE");
  }),
);

test(
  "a period that is over ends at the first batch sealed after it",
  rolledBack(async (db) => {
    await shadowOrder(db);
    await seal(db);
    const first = await db.value<number>("select max(batch) from audit.seals");
    for (let round = 0; round < 2; round += 1) {
      await db.sql.query("select private.audit('SETTING_CHANGED', 'setting', 'x')");
      await seal(db);
    }
    // As if the first batches were of twenty days ago, and the one after them of ten.
    await db.sql.query("alter table audit.seals disable trigger _010_append_only");
    await db.sql.query(
      `
        update audit.seals set sealed_at = now() - make_interval(days => case when batch <= $1 then 20 else 10 end)
          where batch <= $1 + 1`,
      [first],
    );
    await db.sql.query("alter table audit.seals enable always trigger _010_append_only");
    const of = async (days: number) =>
      db.value<number>("select up_to_batch from app.evidence_exports where ref = $1", [
        await begin(db, await today(db, 60), await today(db, days)),
      ]);
    expect(await of(15)).toBe(first + 1);
    expect(await of(0)).toBe(first + 2);
  }),
);

test(
  "a download is the requester's own, for a day, by a login that is alive, and told to the trail first",
  rolledBack(async (db) => {
    await shadowOrder(db);
    await seal(db);
    const ref = await begin(db);
    const page = "select * from app.export_audit_page($1, 0, 10)";
    expect(await db.stopped(people.auditor, page, [ref])).toBe("DENIED");
    for (const person of [people.sari, people.admin])
      expect(await db.stopped(person, "select app.begin_download($1)", [ref])).toBe("DENIED");
    expect(await db.stopped(people.auditor, "select app.begin_download($1)", ["EXP-2026-99999"])).toBe("NOT_FOUND");
    await download(db, ref);
    const told = await db.rows<{ action: string; target_code: string; words: { reason?: string } }>(
      `
        select action, target_code, private.audit_words(e) as words from app.audit_events e where entity_key = $1
          order by id`,
      [ref],
    );
    expect(told.map(({ action, target_code }) => [action, target_code])).toEqual([
      ["EVIDENCE_EXPORTED", "SLS-001"],
      ["EVIDENCE_DOWNLOADED", "SLS-001"],
    ]);
    expect(told[0]!.words.reason).toBe("laporan HR");

    expect(await db.stopped(people.auditor, page, [ref])).toBeNull();
    expect(await db.stopped(people.admin, page, [ref])).toBe("DENIED");
    const other = await db.login(people.auditor, true);
    expect(await db.stopped(people.auditor, page, [ref], other)).toBe("DENIED"); // Each login tells the trail itself.
    await db.sql.query("savepoint shut");
    await db.sql.query("select private.suspend($1, 'uji coba', 'ADM-001')", [people.auditor]);
    for (const name of ["audit", "lines", "chain", "seals"]) {
      expect(
        await db.stopped(
          people.auditor,
          `select * from app.export_${name}_page($1, ${name === "lines" ? "'ORDER', " : ""}0, 10)`,
          [ref],
        ),
      ).toBe("28000");
    }
    await db.sql.query("rollback to savepoint shut");
    await db.sql.query("update app.evidence_exports set requested_at = now() - interval '25 hours'");
    expect(await db.stopped(people.auditor, "select app.begin_download($1)", [ref])).toBe("EXPORT_OLD");
  }),
);

test(
  "somebody else's export is not for another auditor",
  rolledBack(async (db) => {
    await shadowOrder(db);
    await seal(db);
    const ref = await begin(db);
    await db.sql.query("update app.evidence_exports set requested_id = $1", [people.admin]);
    expect(await db.stopped(people.auditor, "select app.begin_download($1)", [ref])).toBe("DENIED");
  }),
);

test(
  "the first complete download leaves size and sum; another sum is noticed and changes nothing",
  rolledBack(async (db) => {
    await shadowOrder(db);
    await seal(db);
    const ref = await begin(db);
    await download(db, ref);
    const finish = (sum: string) =>
      db.as(people.auditor, () => db.value<boolean>("select app.finish_export($1, $2, 10)", [ref, sum.repeat(64)]));
    expect([await finish("a"), await finish("a"), await finish("b")]).toEqual([true, true, false]);
    expect(await db.value("select sha256 from app.evidence_exports where ref = $1", [ref])).toBe("a".repeat(64));
    expect(
      await db.value(
        "select count(*)::int from app.audit_events where entity_key = $1 and action = 'EVIDENCE_COMPLETED'",
        [ref],
      ),
    ).toBe(1);
  }),
);

test(
  "what was fixed for a scope cannot be changed, and no run-time role reads it",
  rolledBack(async (db) => {
    await shadowOrder(db);
    await seal(db);
    await begin(db);
    for (const table of ["evidence_scopes", "evidence_rows", "evidence_lines"]) {
      expect(await db.ownerStopped(`delete from audit.${table}`)).toBe("DENIED");
      for (const person of [people.auditor, people.admin])
        expect(await db.stopped(person, `select from audit.${table}`)).toBe("42501");
    }
  }),
);
