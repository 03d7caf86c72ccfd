import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";

/** What says that a stretch of the chain was sealed: a statement, signed. `head` in hex. */
export type Statement = { batch: number; firstSeq: number; lastSeq: number; head: string };

/** The signer of seals. Only the worker holds the key; the database never sees it. */
export type Signer = { keyId: string; publicKey: KeyObject; sign: (statement: Statement) => string };

/** Public keys by their id: the present one and those it replaced. */
export type PublicKeys = Map<string, KeyObject>;

const statementBytes = ({ batch, firstSeq, lastSeq, head }: Statement) =>
  Buffer.from(`alfa-audit-seal/1\n${batch}\n${firstSeq}\n${lastSeq}\n${head}`, "utf8");

/** The first 16 hex digits of the SHA-256 of the public key (SPKI, DER). */
export const keyIdOf = (publicKey: KeyObject) =>
  createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("hex")
    .slice(0, 16);

/** A private Ed25519 key: PKCS8 as PEM, or as the base64 of its DER. @throws Error for anything else. */
export function openSigner(text: string): Signer {
  const key = createPrivateKey(
    text.includes("-----")
      ? text.replaceAll("\\n", "\n")
      : { key: Buffer.from(text, "base64"), format: "der", type: "pkcs8" },
  );
  if (key.asymmetricKeyType !== "ed25519") throw new Error("not an Ed25519 key");
  const publicKey = createPublicKey(key);
  return {
    keyId: keyIdOf(publicKey),
    publicKey,
    sign: (statement) => sign(null, statementBytes(statement), key).toString("hex"),
  };
}

/**
 * One or more public Ed25519 keys: PEM blocks, or base64 of DER with commas between.
 *
 * @throws Error for anything else.
 */
export function openPublicKeys(text: string): KeyObject[] {
  const blocks = text.includes("-----")
    ? (text.replaceAll("\\n", "\n").match(/-----BEGIN[^]*?-----END[^-]*-----/g) ?? [])
    : text
        .split(",")
        .map((part) => part.trim())
        .filter(Boolean);
  const keys = blocks.map((block) =>
    createPublicKey(
      block.includes("-----") ? block : { key: Buffer.from(block, "base64"), format: "der", type: "spki" },
    ),
  );
  if (keys.length === 0 || keys.some((key) => key.asymmetricKeyType !== "ed25519"))
    throw new Error("not an Ed25519 public key");
  return keys;
}

export const keysById = (keys: KeyObject[]): PublicKeys => new Map(keys.map((key) => [keyIdOf(key), key]));

/** Hears the key of one seal after the other; true for a key that another one had replaced before. */
export function keyOrder(): (keyId: string) => boolean {
  const replaced = new Set<string>();
  let present: string | null = null;
  return (keyId) => {
    if (replaced.has(keyId)) return true;
    if (present !== null && present !== keyId) replaced.add(present);
    present = keyId;
    return false;
  };
}

/** Whether this key signed exactly this. `signature` in hex. */
export function signedBy(key: KeyObject, statement: Statement, signature: string): boolean {
  const bytes = Buffer.from(signature, "hex");
  return bytes.length === 64 && verify(null, statementBytes(statement), key, bytes);
}
