import { expect, test } from "vitest";
import { signingKey, sealTrail } from "./seal.ts";
import { onStage, people, plenty, refusedFor, type Stage } from "./support.ts";

const key = signingKey();
const ask = "select app.begin_export($1, $2, $3, $4)";
const today = (stage: Stage, days = 0) =>
  stage.value<string>("select ((now() at time zone 'Asia/Jakarta')::date - $1::int)::text", [days]);
const seal = (stage: Stage, rows = 5) => sealTrail(stage.sql, key, rows);

/** Sari places an order for Budi and signs nothing else; the trail is sealed and signed. */
async function shadowOrder(stage: Stage): Promise<string> {
  const { skus } = await plenty(stage);
  await stage.actFor(people.sari, "PTR-0001");
  await stage.fill(people.sari, [skus[0]!, 3]);
  const number = await stage.order(people.sari);
  await stage.as(people.sari, () => stage.sql.query("select app.end_acting()"));
  return number;
}

const begin = async (stage: Stage, from?: string, to?: string) =>
  stage.as(people.auditor, async () =>
    stage.value<string>(ask, ["SLS-001", from ?? (await today(stage)), to ?? (await today(stage)), "laporan HR"]),
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
const download = (stage: Stage, ref: string) =>
  stage.as(people.auditor, async (): Promise<Exported & { scope: Record<string, unknown> }> => {
    const scope = await stage.value<Record<string, unknown>>("select app.begin_download($1)", [ref]);
    const all = async <Row extends Record<string, unknown>>(page: string, key: keyof Row & string, kind = "") => {
      const rows: Row[] = [];
      for (let after: unknown = 0; ; after = rows.at(-1)![key]) {
        const found = await stage.rows<Row>(`select * from app.${page}($1, ${kind && `'${kind}', `}$2, 2)`, [
          ref,
          after,
        ]);
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
  onStage(async (stage) => {
    await shadowOrder(stage);
    const day = await today(stage);
    expect(await stage.stopped(people.auditor, ask, ["SLS-001", day, day, "laporan"])).toBe("NOT_SIGNED_YET");
    await seal(stage);
    for (const person of [people.budi, people.sari, people.admin])
      expect(await stage.stopped(person, ask, ["SLS-001", day, day, "laporan"])).toBe("DENIED");
    expect(await stage.stopped(null, ask, ["SLS-001", day, day, "laporan"])).toBe("42501");
    const refused = async (code: string, from: string | null, to: string | null, reason: string) =>
      stage.stopped(people.auditor, ask, [code, from, to, reason]);
    expect(await refused("SLS-999", day, day, "laporan")).toBe("NOT_FOUND");
    expect(await refused("ADM-001", day, day, "laporan")).toBe("NOT_FOUND");
    expect(await refused("SLS-001", day, day, " x ")).toBe("REASON_REQUIRED");
    expect(await refused("SLS-001", null, day, "laporan")).toBe("DAY");
    expect(await refused("SLS-001", day, await today(stage, 1), "laporan")).toBe("PERIOD");
    expect(await refused("SLS-001", day, await today(stage, -1), "laporan")).toBe("PERIOD");
    expect(await refused("SLS-001", await today(stage, 400), day, "laporan")).toBe("PERIOD");
    expect(await refused("SLS-001", await today(stage, 399), day, "laporan")).toBeNull();
  }),
);

test(
  "an export holds what he did, what was done to him and to his orders, and nothing of others",
  onStage(async (stage) => {
    const { skus } = await plenty(stage);
    await stage.fill(people.maya, [skus[0]!, 2]);
    const hers = await stage.order(people.maya);
    const number = await shadowOrder(stage);
    await stage.as(people.admin, () => stage.sql.query("select app.move_order($1, 'PROCESSING', '')", [number]));
    await seal(stage, 3);
    const { audit, orders, chain, seals, scope } = await download(stage, await begin(stage));
    const acts = audit.map(
      ({ line }) => JSON.parse(line) as { actor: string; action: string; key: string; target: string },
    );
    expect(acts.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["ACTING_BEGUN", "ORDER_PLACED", "ACTING_ENDED", "ORDER_MOVED"]),
    );
    // What was done today to an order that he placed earlier is there too.
    const his = (
      await stage.rows<{ number: string }>(
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
    expect(orders.map((line) => (JSON.parse(line) as { number: string }).number)).toEqual([number]);
    expect(orders[0]).toContain('"trace": {');
    expect(orders[0]).not.toContain("@");
    // The chain is whole from the batch before the first row to the signed end.
    const links = chain
      .trimEnd()
      .split("\r\n")
      .map((line) => Number(line.split(",")[0]));
    expect(links).toEqual(Array.from({ length: links.length }, (_, index) => Number(scope.firstSeq) + index));
    expect(links.at(-1)).toBe(scope.lastSeq);
    expect(seals.map((line) => (JSON.parse(line) as { keyId: string }).keyId)).toEqual(seals.map(() => key.keyId));
    const firstSeal = JSON.parse(seals[0]!) as { batch: number; lastSeq: number };
    expect(firstSeal.batch === 1 || firstSeal.lastSeq < audit[0]!.seq).toBe(true);
  }),
);

test(
  "an order is one row however many channels told its owner",
  onStage(async (stage) => {
    await stage.sql.query("select jobs.declare_channels('{EMAIL,SMS}')");
    const number = await shadowOrder(stage);
    await seal(stage);
    const ref = await begin(stage);
    const { orders } = await download(stage, ref);
    expect(orders).toHaveLength(1);
    expect(JSON.parse(orders[0]!)).toMatchObject({
      number,
      alerts: [
        { channel: "EMAIL", state: "PENDING", sentAt: null },
        { channel: "SMS", state: "PENDING", sentAt: null },
      ],
    });
    expect(await stage.value("select order_rows from app.evidence_exports where ref = $1", [ref])).toBe(1);
  }),
);

test(
  "the same scope reads the same whatever happened since; a longer chain is another scope",
  onStage(async (stage) => {
    const number = await shadowOrder(stage);
    await seal(stage);
    const before = await download(stage, await begin(stage));
    await stage.sql.query("update app.shadow_traces set verdict = 'IMPLAUSIBLE', ip = '203.0.113.9'");
    await stage.sql.query("select private.hold_order(id, 'DISPUTED', 'ADM-001') from app.orders where number = $1", [
      number,
    ]);
    const again = await download(stage, await begin(stage));
    expect(again).toEqual(before);
    await seal(stage);
    const longer = await download(stage, await begin(stage));
    expect(longer.audit.length).toBeGreaterThan(before.audit.length);
    expect(longer.orders[0]).toContain("IMPLAUSIBLE");
  }),
);

test(
  "a period that is over ends at the first batch sealed after it",
  onStage(async (stage) => {
    await shadowOrder(stage);
    await seal(stage);
    const first = await stage.value<number>("select max(batch) from audit.seals");
    for (let round = 0; round < 2; round += 1) {
      await stage.sql.query("select private.audit('SETTING_CHANGED', 'setting', 'x')");
      await seal(stage);
    }
    // As if the first batches were of twenty days ago, and the one after them of ten.
    await stage.sql.query("alter table audit.seals disable trigger _010_append_only");
    await stage.sql.query(
      `
        update audit.seals set sealed_at = now() - make_interval(days => case when batch <= $1 then 20 else 10 end)
          where batch <= $1 + 1`,
      [first],
    );
    await stage.sql.query("alter table audit.seals enable always trigger _010_append_only");
    const of = async (days: number) =>
      stage.value<number>("select up_to_batch from app.evidence_exports where ref = $1", [
        await begin(stage, await today(stage, 60), await today(stage, days)),
      ]);
    expect(await of(15)).toBe(first + 1);
    expect(await of(0)).toBe(first + 2);
  }),
);

test(
  "a download is the requester's own, for a day, by a login that is alive, and told to the trail first",
  onStage(async (stage) => {
    await shadowOrder(stage);
    await seal(stage);
    const ref = await begin(stage);
    const page = "select * from app.export_audit_page($1, 0, 10)";
    expect(await stage.stopped(people.auditor, page, [ref])).toBe("DENIED");
    for (const person of [people.sari, people.admin])
      expect(await stage.stopped(person, "select app.begin_download($1)", [ref])).toBe("DENIED");
    expect(await stage.stopped(people.auditor, "select app.begin_download($1)", ["EXP-2026-99999"])).toBe("NOT_FOUND");
    await download(stage, ref);
    const told = await stage.rows<{ action: string; target_code: string; words: { reason?: string } }>(
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

    expect(await stage.stopped(people.auditor, page, [ref])).toBeNull();
    expect(await stage.stopped(people.admin, page, [ref])).toBe("DENIED");
    const other = await stage.login(people.auditor, true);
    expect(await stage.stopped(people.auditor, page, [ref], other)).toBe("DENIED"); // Each login tells the trail itself.
    await stage.sql.query("savepoint shut");
    await stage.sql.query("select private.suspend($1, 'uji coba', 'ADM-001')", [people.auditor]);
    for (const name of ["audit", "lines", "chain", "seals"]) {
      expect(
        await stage.stopped(
          people.auditor,
          `select * from app.export_${name}_page($1, ${name === "lines" ? "'ORDER', " : ""}0, 10)`,
          [ref],
        ),
      ).toBe("28000");
    }
    await stage.sql.query("rollback to savepoint shut");
    await stage.sql.query("update app.evidence_exports set requested_at = now() - interval '25 hours'");
    expect(await stage.stopped(people.auditor, "select app.begin_download($1)", [ref])).toBe("EXPORT_OLD");
  }),
);

test(
  "somebody else's export is not for another auditor",
  onStage(async (stage) => {
    await shadowOrder(stage);
    await seal(stage);
    const ref = await begin(stage);
    await stage.sql.query("update app.evidence_exports set requested_id = $1", [people.admin]);
    expect(await stage.stopped(people.auditor, "select app.begin_download($1)", [ref])).toBe("DENIED");
  }),
);

test(
  "the first complete download leaves size and sum; another sum is noticed and changes nothing",
  onStage(async (stage) => {
    await shadowOrder(stage);
    await seal(stage);
    const ref = await begin(stage);
    await download(stage, ref);
    const finish = (sum: string) =>
      stage.as(people.auditor, () =>
        stage.value<boolean>("select app.finish_export($1, $2, 10)", [ref, sum.repeat(64)]),
      );
    expect([await finish("a"), await finish("a"), await finish("b")]).toEqual([true, true, false]);
    expect(await stage.value("select sha256 from app.evidence_exports where ref = $1", [ref])).toBe("a".repeat(64));
    expect(
      await stage.value(
        "select count(*)::int from app.audit_events where entity_key = $1 and action = 'EVIDENCE_COMPLETED'",
        [ref],
      ),
    ).toBe(1);
  }),
);

test(
  "what was fixed for a scope cannot be changed, and no run-time role reads it",
  onStage(async (stage) => {
    await shadowOrder(stage);
    await seal(stage);
    await begin(stage);
    for (const table of ["evidence_scopes", "evidence_rows", "evidence_lines"]) {
      await stage.sql.query("savepoint tried");
      await expect(stage.sql.query(`delete from audit.${table}`)).rejects.toMatchObject(refusedFor("DENIED"));
      await stage.sql.query("rollback to savepoint tried");
      for (const person of [people.auditor, people.admin])
        expect(await stage.stopped(person, `select from audit.${table}`)).toBe("42501");
    }
  }),
);
