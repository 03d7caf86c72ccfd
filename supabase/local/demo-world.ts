import fs from "node:fs";
import path from "node:path";
import { readyMarker } from "./data-dir.ts";
import { startOver } from "./embedded-postgres.ts";
import { OtherSchema } from "./migrations.ts";

const marker = (dataDir: string) => path.join(dataDir, "seeded");

/** A first start that was interrupted while filling the database leaves nothing worth keeping. */
export async function forgetHalfSeeded(dataDir: string, say: (sentence: string) => void) {
  if (!fs.existsSync(readyMarker(dataDir)) || fs.existsSync(marker(dataDir))) return;
  say("The first start was interrupted before the demo world was complete: it is made anew.");
  await startOver(dataDir);
}

/** Fills the database on the first start alone. */
export async function seedOnce(dataDir: string, adminUrl: string, say: (sentence: string) => void) {
  if (fs.existsSync(marker(dataDir))) return;
  say("Making the demo world: products, partners, ninety days of orders ...");
  // Loaded only now: a second start has no use for it.
  const { seedDemo } = await import("#supabase/seed/demo.ts");
  await seedDemo(adminUrl);
  fs.writeFileSync(marker(dataDir), "the demo world is complete\n");
}

/** Why the demo could not start, for whoever typed the command. */
export function whyNot(error: unknown): string {
  if (!(error instanceof OtherSchema)) return (error as Error).message;
  return 'The demo data is of another version of this program, and its database cannot be used with this one. "npm run demo -- --reset" starts over with a fresh world; what you did in the old one is lost.';
}
