import { describe, expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb } from "#tests/support/rolled-back.ts";

// What may be in the ERP without our knowing: sent and not heard of, or keyed in by hand. It is looked up before
// anything else.
type Claim = { order_id: number; ticket: number; look_up: boolean; may_create: boolean };
const decide = "select app.resolve_reconciliation($1, $2, $3, $4, $5)";
const nothing = JSON.stringify({ documents: [], total: null, lines: [], credit: null, message: null });

async function database(db: TestDb) {
  await db.sql.query("update app.erp_circuit set state = 'CLOSED', last_ok_at = now()");
  await db.sql.query("update app.erp_syncs set done_at = now() where done_at is null");
  const [one] = await plenty(db);
  const number = await db.buy(people.budi, [one, 2]);
  const id = await db.value<number>("select id from app.orders where number = $1", [number]);
  await db.sql.query("update app.orders set degraded = false where id = $1", [id]);
  return {
    id,
    number,
    claim: async () =>
      (await db.rows<Claim>("select order_id, ticket, look_up, may_create from jobs.claim_sync(1000, false)"))[0],
    post: (claim?: Claim) => db.value<boolean>("select jobs.begin_post($1, $2)", [id, claim?.ticket]),
    defer: (claim?: Claim, unsent = false) =>
      db.value<boolean>("select jobs.defer_sync($1, $2, 'timeout: none', 0, $3)", [id, claim?.ticket, unsent]),
    absent: (claim?: Claim) =>
      db.value<boolean>("select jobs.settle_sync($1, $2, 'ABSENT', $3, '{}', null)", [id, claim?.ticket, nothing]),
    found: (claim: Claim | undefined, document: string) =>
      db.value<boolean>("select jobs.settle_sync($1, $2, 'CONFIRMED', $3, '{}', null)", [
        id,
        claim?.ticket,
        JSON.stringify({ documents: [document] }),
      ]),
    syncOf: async () =>
      (
        await db.rows(
          `
            select done_at is not null as done, posted_at is not null as posted, look_up_only,
              unsure_until > now() as unsure from app.erp_syncs where order_id = $1`,
          [id],
        )
      )[0],
    pass: (seconds: number) =>
      db.sql.query(
        `
          update app.erp_syncs set lease_until = lease_until - make_interval(secs => $2),
            next_attempt_at = next_attempt_at - make_interval(secs => $2),
        posted_at = posted_at - make_interval(secs => $2), unsure_until = unsure_until - make_interval(secs => $2)
          where order_id = $1`,
        [id, seconds],
      ),
    task: () =>
      db.rows("select detail ->> 'document' as document from app.tasks where dedup_key = $1", [
        `stop-in-erp/${number}`,
      ]),
    choices: () =>
      db.as(people.admin, () => db.value<string[]>("select private.reconcile_outlook($1) -> 'choices'", [id])),
    take: (release = false) =>
      db.as(people.admin, () => db.sql.query("select app.take_to_key($1, $2)", [number, release])),
    keyed: (document = "SO-77") => db.stopped(people.admin, decide, [number, "KEYED", document, "sudah diketik", null]),
    cancel: (who = people.admin2) =>
      db.as(who, () => db.sql.query("select app.move_order($1, 'CANCELLED', 'batal saja')", [number])),
    checkedAt: () => db.value<string>("select checked_at::text from app.reconcile_results where order_id = $1", [id]),
    /** The ERP never answered about it, after a last POST. */
    async strikeOut(unsent = false) {
      await db.sql.query("update app.erp_syncs set strikes = 5 where order_id = $1", [id]);
      await db.sql.query("update app.erp_circuit set last_ok_at = now() + interval '1 second'");
      const last = await this.claim();
      expect(await this.post(last)).toBe(true);
      expect(await this.defer(last, unsent)).toBe(true);
      expect(await db.rows("select result, retriable from app.reconcile_results where order_id = $1", [id])).toEqual([
        { result: "ERROR", retriable: true },
      ]);
    },
  };
}

describe("an order that was taken to be keyed in by hand", () => {
  test.each<[string, (it: Awaited<ReturnType<typeof database>>, db: TestDb) => Promise<unknown>]>([
    ["is not reported in its half hour", (it) => it.pass(1_801)],
    ["is given back", (it) => it.take(true)],
    [
      "is held meanwhile, and released later",
      async (it, db) => {
        await db.sql.query("update app.orders set held = true where id = $1", [it.id]);
        expect(await it.keyed()).toBe("STALE");
        await it.pass(1_801);
        await db.sql.query("update app.orders set held = false where id = $1", [it.id]);
      },
    ],
  ])("and %s is looked up before it is sent", (_, then) =>
    rolledBack(async (db) => {
      const it = await database(db);
      await db.sql.query("savepoint never_keyed");
      expect(await it.claim()).toMatchObject({ look_up: false, may_create: true }); // Control.
      await db.sql.query("rollback to savepoint never_keyed");
      await it.take();
      expect(await it.claim()).toBeUndefined();
      await then(it, db);
      expect(await it.claim()).toMatchObject({ look_up: true, may_create: true });
    })(),
  );

  test(
    "and that another cancels is looked up, once more when the half hour is over, and stopped there",
    rolledBack(async (db) => {
      const it = await database(db);
      await it.take();
      await it.cancel();
      expect(await it.keyed()).toBe("STALE");
      const first = await it.claim();
      expect(first).toMatchObject({ look_up: true, may_create: false });
      expect(await it.absent(first)).toBe(false); // He may be at it.
      expect(await it.claim()).toBeUndefined();
      await it.pass(1_801);
      const second = await it.claim();
      await db.sql.query("savepoint looked");
      expect(await it.found(second, "SO-77")).toBe(true);
      expect(await it.task()).toEqual([{ document: "SO-77" }]);
      await db.sql.query("rollback to savepoint looked");
      expect(await it.absent(second)).toBe(true); // Control.
      expect(await it.task()).toEqual([]);
    }),
  );

  test(
    "and given back, then cancelled, is looked up at once",
    rolledBack(async (db) => {
      const it = await database(db);
      await it.take();
      await it.take(true);
      await it.cancel();
      const claim = await it.claim();
      expect(claim).toMatchObject({ look_up: true, may_create: false });
      expect(await it.absent(claim)).toBe(true);
    }),
  );
});

describe("an order that the ERP never answered about, right after it was sent once more", () => {
  test(
    "is looked up when tried again, and not sent before the first one must have arrived",
    rolledBack(async (db) => {
      const it = await database(db);
      await it.strikeOut();
      await db.as(people.admin, async () => db.sql.query(decide, [it.number, "RETRY", null, "", await it.checkedAt()]));
      const early = await it.claim();
      expect(early).toMatchObject({ look_up: true });
      expect(await it.post(early)).toBe(false);
      await it.pass(21);
      expect(await it.post(await it.claim())).toBe(true);
    }),
  );

  test(
    "and cancelled, is not called absent before that",
    rolledBack(async (db) => {
      const it = await database(db);
      await it.strikeOut();
      await db.as(people.admin, async () =>
        db.sql.query(decide, [it.number, "CANCEL", null, "batal saja", await it.checkedAt()]),
      );
      const early = await it.claim();
      expect(early).toMatchObject({ look_up: true, may_create: false });
      expect(await it.absent(early)).toBe(false);
      await it.pass(21);
      const late = await it.claim();
      expect(await it.found(late, "SO-LATE")).toBe(true);
      expect(await it.task()).toEqual([{ document: "SO-LATE" }]);
    }),
  );

  test(
    "is not keyed in before that; when surely nothing was taken, at once",
    rolledBack(async (db) => {
      const it = await database(db);
      const key = async () =>
        db.stopped(people.admin, decide, [it.number, "KEYED", "SO-9", "diketik", await it.checkedAt()]);
      await it.choices(); // Signed in before what is undone.
      await db.sql.query("savepoint waiting");
      await it.strikeOut();
      expect([await key(), (await it.choices()).includes("KEYED")]).toEqual(["ON_ITS_WAY", false]);
      await it.pass(21);
      expect([await it.choices(), await key()]).toEqual([expect.arrayContaining(["KEYED"]), null]);
      await db.sql.query("rollback to savepoint waiting");
      await it.strikeOut(true);
      expect([await it.syncOf(), await key()]).toEqual([
        { done: true, posted: false, look_up_only: false, unsure: null },
        null,
      ]);
    }),
  );
});

test(
  "what surely never left us may be keyed in while the ERP is away; what may have arrived may not",
  rolledBack(async (db) => {
    const it = await database(db);
    await it.choices(); // Signed in before what is undone.
    await db.sql.query("savepoint waiting");
    for (const unsent of [true, false]) {
      const claim = await it.claim();
      expect(await it.post(claim)).toBe(true);
      await it.defer(claim, unsent);
      await db.sql.query("select private.turn_circuit('OPEN', 'connection: ECONNREFUSED')");
      await it.pass(60);
      expect(await db.stopped(people.admin, "select app.take_to_key($1)", [it.number])).toBe(
        unsent ? null : "ON_ITS_WAY",
      );
      expect(await it.keyed()).toBe(unsent ? null : "ON_ITS_WAY");
      await db.sql.query("rollback to savepoint waiting");
    }
  }),
);

test(
  "a look-up from before the end of the twenty seconds says nothing after it",
  rolledBack(async (db) => {
    const it = await database(db);
    const first = await it.claim();
    expect(await it.post(first)).toBe(true);
    await it.defer(first);
    await it.pass(18);
    const early = await it.claim();
    await it.pass(4); // Asked at 18 s, answered at 22 s.
    expect(await it.post(early)).toBe(false);
    expect(await it.post(await it.claim())).toBe(true);
  }),
);
