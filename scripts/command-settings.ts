import fs from "node:fs";
import path from "node:path";
import { auditHeadsFile, auditPublicKey, type Credentials } from "#supabase/local/data-dir.ts";

/** What `npm run audit:verify` has to know to look at this folder's trail. */
export const writeAuditSettings = (dataDir: string, workerUrl: string, credentials: Credentials) =>
  write(path.join(dataDir, "audit.env"), {
    WORKER_DATABASE_URL: workerUrl,
    AUDIT_PUBLIC_KEY: auditPublicKey(credentials),
    AUDIT_HEADS_FILE: auditHeadsFile(dataDir),
  });

/** What `npm run reconcile-orders` has to know to bring this folder's orders to its ERP. */
export const writeReconcileSettings = (
  dataDir: string,
  workerUrl: string,
  erpUrl: string,
  { erpApiKey }: Credentials,
) =>
  write(path.join(dataDir, "reconcile.env"), {
    WORKER_DATABASE_URL: workerUrl,
    ERP_BASE_URL: erpUrl,
    ERP_API_KEY: erpApiKey,
  });

/** What `npm run doctor` has to know to look at this folder's system. */
export const writeDoctorSettings = (
  dataDir: string,
  adminUrl: string,
  { web, worker }: Record<"web" | "worker", Record<string, string>>,
) => write(path.join(dataDir, "doctor.env"), { ...worker, ...web, ADMIN_DATABASE_URL: adminUrl });

function write(file: string, settings: Record<string, string>) {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  fs.writeFileSync(file, lines.join(""), { mode: 0o600 });
}
