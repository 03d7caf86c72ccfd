import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Db } from "#app/db/transaction.server.ts";
import { SessionEnded } from "#app/db/errors.server.ts";
import { sealTrail, signingKey } from "#supabase/tests/seal.ts";
import { connect, openLogin, seededDatabase } from "#tests/support/database.ts";
import { people } from "#tests/support/cast.ts";

// A database of its own: what is sealed stays, and other tests begin with an empty chain.
const rows = 9_000;
const key = signingKey();
const origin = { ip: "127.0.0.1", userAgent: "test", requestId: "r-1" };
const auditor = { userId: people.auditor, sessionId: crypto.randomUUID() };
const database = seededDatabase();
let owner: pg.Client;
let transactions: typeof import("#app/db/transaction.server.ts");
let evidence: typeof import("#app/evidence/download.server.ts");
let ref: string;

beforeAll(async () => {
  process.env.DATABASE_URL = database.webUrl;
  transactions = await import("#app/db/transaction.server.ts");
  evidence = await import("#app/evidence/download.server.ts");
  const { beginExport } = await import("#app/evidence/export.server.ts");
  owner = await connect(database.adminUrl);
  await owner.query(
    `
    insert into app.audit_events (at, actor_id, actor_code, action, entity, entity_key, detail)
    select now() - make_interval(secs => n), $2, 'SLS-001', 'CART_CHANGED', 'cart', 'PTR-0001',
      jsonb_build_object('sku', 'ALF-' || n) from generate_series(1, $1::int) n`,
    [rows, people.sari],
  );
  await sealTrail(owner, key, 500);
  await openLogin(owner, auditor.userId, auditor.sessionId);
  const day = (ago: number) => new Date(Date.now() + 7 * 3_600_000 - ago * 86_400_000).toISOString().slice(0, 10);
  ref = await transactions.writeAs(auditor, origin, (db) =>
    beginExport(db, "SLS-001", { from: day(2), to: day(0), reason: "laporan" }, key.publicPem),
  );
});
afterAll(() => transactions.closePool());

const read = <T>(work: (db: Db) => Promise<T>) => transactions.readOne(auditor, work);

/** Downloads as a page does. `meanwhile`: what happens when the first bytes have come. */
async function download(meanwhile?: () => Promise<unknown>): Promise<{ sum: string; bytes: Buffer; same: boolean }> {
  const scope = await transactions.writeAs(auditor, origin, (db) => evidence.beginDownload(db, ref));
  const parts: Buffer[] = [];
  let end = { sum: "", same: false };
  for await (const part of evidence.readPackage(scope, ref, read, async (sum, size) => {
    end = { sum, same: await transactions.writeAs(auditor, origin, (db) => evidence.finishExport(db, ref, sum, size)) };
  })) {
    if (parts.length === 0) await meanwhile?.();
    parts.push(part);
  }
  return { ...end, bytes: Buffer.concat(parts) };
}

test("two downloads are the same bytes, whatever the trail, the orders and the clock did in between", async () => {
  const first = await download();
  await owner.query("select private.audit('SIGNED_IN', 'account', 'SLS-001')");
  await sealTrail(owner, key);
  const second = await download();
  expect(second.bytes.equals(first.bytes)).toBe(true);
  expect([first.same, second.same]).toEqual([true, true]);
  const {
    rows: [kept],
  } = await owner.query<{ sha256: string; bytes: string }>(
    "select sha256, bytes from app.evidence_exports where ref = $1",
    [ref],
  );
  expect(kept).toEqual({ sha256: first.sum, bytes: first.bytes.length });
});

test("an auditor who is shut out while he downloads gets no further than the page he has", async () => {
  const shut = () => owner.query("select private.suspend($1, 'uji coba', 'ADM-001')", [people.auditor]);
  await expect(download(shut)).rejects.toBeInstanceOf(SessionEnded);
  const { rows: told } = await owner.query<{ n: number }>(
    "select count(*)::int as n from app.audit_events where entity_key = $1 and action = 'EVIDENCE_DOWNLOADED'",
    [ref],
  );
  expect(told).toEqual([{ n: 3 }]); // The one that was cut short too.
});
