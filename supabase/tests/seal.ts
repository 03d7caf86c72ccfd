import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type pg from "pg";

export type SigningKey = { privateKey: KeyObject; publicPem: string; keyId: string };

/** A key pair as the worker's, for a test alone. */
export function signingKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const der = publicKey.export({ type: "spki", format: "der" });
  return {
    privateKey,
    publicPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
    keyId: createHash("sha256").update(der).digest("hex").slice(0, 16),
  };
}

type Seal = { batch: number; firstSeq: number; lastSeq: number; count: number; head: string };

/** Seals what waits in the queue of the trail, in batches of so many rows, and signs each. */
export async function sealTrail(sql: pg.ClientBase, key: SigningKey, batchRows = 1000): Promise<void> {
  for (;;) {
    const {
      rows: [answer],
    } = await sql.query<{ seal: Seal }>("select jobs.seal_audit($1) as seal", [batchRows]);
    const { batch, firstSeq, lastSeq, count, head } = answer!.seal;
    if (count === 0) return;
    const text = `alfa-audit-seal/1\n${batch}\n${firstSeq}\n${lastSeq}\n${head}`;
    await sql.query("select jobs.sign_seal($1, $2, $3, clock_timestamp())", [
      batch,
      key.keyId,
      sign(null, Buffer.from(text), key.privateKey).toString("hex"),
    ]);
  }
}
