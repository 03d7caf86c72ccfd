import { generateKeyPairSync } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { keysById, openSigner, type Signer } from "#jobs/audit/keys.ts";
import { openLedger } from "#jobs/audit/ledger.ts";
import { openSealer } from "#jobs/audit/seal.ts";
import { log } from "#jobs/log.ts";
import { databaseUrl } from "#supabase/local/platform.ts";
import { openDatabase } from "../small-data.ts";

/** A key of our own, as only the worker has it. */
export const newSigner = (): Signer =>
  openSigner(generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString());

/** A database of its own with a trail to fill, and the sealer of the worker. `superuser` may do everything. */
export async function openTrail() {
  log.level = "silent";
  const database = await openDatabase("empty");
  const superuser = new pg.Client({
    connectionString: databaseUrl(database.port, "supabase_admin", database.credentials.supabaseAdmin),
  });
  await superuser.connect();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "alfa-trail-"));
  const headsFile = path.join(folder, "heads.jsonl");
  const signer = newSigner();
  const retired = newSigner();
  const keys = keysById([signer.publicKey, retired.publicKey]);
  const ledger = openLedger(database.workerUrl);
  const seal = openSealer({ ledger, signer, keys, headsFile });
  return {
    database,
    superuser,
    ledger,
    signer,
    keys,
    headsFile,
    seal,
    /** A key that `signer` replaced, and a batch sealed by it. */
    retired,
    sealAsBefore: openSealer({ ledger, signer: retired, keys, headsFile }),
    /** Until nothing waits: a pass that took a whole batch wants to go on at once. */
    async sealAll() {
      while ((await seal()) === 0);
    },
    /**
     * Rows as the business writes them: orders, carts, settings, sign-ins, some in Shadow Mode, some with before and
     * after.
     */
    async fill(rows: number) {
      await superuser.query(fill, [rows]);
    },
    async close() {
      await ledger.close();
      await superuser.end();
      await database.remove();
      fs.rmSync(folder, { recursive: true });
    },
  };
}
export type Trail = Awaited<ReturnType<typeof openTrail>>;

const fill = `
  insert into app.audit_events (actor_id, actor_code, partner_id, target_code, acting_session_id, action, entity,
    entity_key, before, after, detail, ip, user_agent, request_id)
  select gen_random_uuid(), 'SLS-' || lpad((n % 200)::text, 3, '0'), gen_random_uuid(),
    'PTR-' || lpad((n % 900)::text, 4, '0'),
         case when n % 3 = 0 then gen_random_uuid() end,
           (array['ORDER_PLACED', 'ORDER_MOVED', 'SIGNED_IN', 'CART_CHANGED'])[1 + n % 4], 'order',
           'ORD-2026-' || lpad(n::text, 6, '0'),
         case when n % 4 in (1, 3) then jsonb_build_object('status', 'SUBMITTED', 'quantity', n % 24) end,
         case when n % 4 in (1, 3) then jsonb_build_object('status', 'APPROVED', 'quantity', n % 24 + 1) end,
         jsonb_build_object('total', n % 9000 * 1000, 'light', 'GREEN', 'shadow', n % 3 = 0), '10.0.' || n % 250 || '.'
           || n % 199,
         'Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) '
           || 'Chrome/130.0.0.0 Mobile Safari/537.36', gen_random_uuid()
    from generate_series(1, $1::int) n`;
