import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Ports } from "#scripts/environment.ts";
import { freePorts } from "#supabase/local/ports.ts";

/** Where a whole system of a test's own may run: an empty folder with this in its name, and free ports. */
export async function placeForSystem(name: string): Promise<{ dataDir: string; ports: Ports }> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), `alfa-${name}-`));
  fs.chmodSync(dataDir, 0o755); // Postgres runs as another user than root.
  const [postgres, auth, erp, mail, sms, web] = await freePorts(6);
  return { dataDir, ports: { postgres, auth, erp, mail, sms, web } };
}
