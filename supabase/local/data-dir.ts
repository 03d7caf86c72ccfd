import { createHash, randomBytes } from "node:crypto";
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
};

const secret = () => randomBytes(24).toString("hex");

/** Reads the folder's credentials, making them (0600) on first use. */
export function credentialsOf(dataDir: string): Credentials {
  const file = path.join(dataDir, "credentials.json");
  if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, "utf8")) as Credentials;
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
  };
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  fs.writeFileSync(file, JSON.stringify(fresh, null, 2), { mode: 0o600 });
  return fresh;
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
