import { execFileSync } from "node:child_process";
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** What one installation of the embedded stack keeps secret. Made once per data folder, never in the repository. */
export type Credentials = {
  supabaseAdmin: string;
  postgres: string;
  supabaseAuthAdmin: string;
  web: string;
  worker: string;
  jwtSecret: string;
  publishableKey: string;
  secretKey: string;
  erpApiKey: string;
  resendApiKey: string;
  /**
   * PKCS8, base64 of DER: what audit seals are signed with. Its public half stands beside it, in audit-public-key.pem.
   */
  auditSigningKey: string;
};

const secret = () => randomBytes(24).toString("hex");

/** Where a folder keeps what outlives its database's word: the public half of the signing key, and the signed heads. */
export const auditPublicKeyFile = (dataDir: string) => path.join(dataDir, "audit-public-key.pem");
export const auditHeadsFile = (dataDir: string) => path.join(dataDir, "audit-heads.jsonl");

/** The public half of the signing key: SPKI, base64 of DER. */
export const auditPublicKey = ({ auditSigningKey }: Credentials) =>
  createPublicKey(createPrivateKey({ key: Buffer.from(auditSigningKey, "base64"), format: "der", type: "pkcs8" }))
    .export({ type: "spki", format: "der" })
    .toString("base64");

/** Reads the folder's credentials, making them (0600) on first use; an older folder gets what it does not have yet. */
export function credentialsOf(dataDir: string): Credentials {
  const file = path.join(dataDir, "credentials.json");
  const known: Partial<Credentials> = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
  const signing = generateKeyPairSync("ed25519");
  const fresh: Credentials = {
    supabaseAdmin: secret(),
    postgres: secret(),
    supabaseAuthAdmin: secret(),
    web: secret(),
    worker: secret(),
    jwtSecret: secret(),
    publishableKey: `sb_publishable_${secret()}`,
    secretKey: `sb_secret_${secret()}`,
    erpApiKey: secret(),
    resendApiKey: `re_${secret()}`,
    auditSigningKey: signing.privateKey.export({ type: "pkcs8", format: "der" }).toString("base64"),
  };
  const all = { ...fresh, ...known };
  if (Object.keys(fresh).every((key) => key in known)) return all;
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  fs.writeFileSync(file, JSON.stringify(all, null, 2), { mode: 0o600 });
  if (!known.auditSigningKey)
    fs.writeFileSync(auditPublicKeyFile(dataDir), signing.publicKey.export({ type: "spki", format: "pem" }));
  return all;
}

/**
 * Where PostgreSQL's own files go. Usually inside the data folder; when we are root below a folder
 * that only root may enter, `nobody` could not reach them there, so they go under /var/tmp.
 */
export function postgresFolder(dataDir: string): string {
  const inside = path.join(path.resolve(dataDir), "postgres");
  if (process.getuid?.() !== 0 || openToAll(path.dirname(inside))) return inside;
  const id = createHash("sha256").update(inside).digest("hex").slice(0, 12);
  return path.join("/var/tmp", `alfa-data-${id}`);
}

/**
 * Copies everything the stack ever wrote for a folder, credentials and owners of files too, into one that holds nothing
 * yet. Nothing may run on the original.
 */
export function copyData(original: string, dataDir: string) {
  const [from, to] = [postgresFolder(original), postgresFolder(dataDir)];
  execFileSync("cp", ["-Rp", `${path.resolve(original)}/.`, dataDir]);
  if (from !== path.join(path.resolve(original), "postgres")) execFileSync("cp", ["-Rp", from, to]);
}

/** Removes everything the stack ever wrote for this folder. */
export function removeData(dataDir: string) {
  fs.rmSync(postgresFolder(dataDir), { recursive: true, force: true });
  fs.rmSync(dataDir, { recursive: true, force: true });
}

/** Written when roles and schemas are complete: from then on the folder may hold data and is never made anew. */
export const readyMarker = (dataDir: string) => path.join(dataDir, "platform-ready");

function openToAll(folder: string): boolean {
  for (let at = folder; ; at = path.dirname(at)) {
    if (fs.existsSync(at) && (fs.statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}
