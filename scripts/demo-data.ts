import fs from "node:fs";
import path from "node:path";
import { inspect } from "node:util";
import { readyMarker } from "#supabase/local/data-dir.ts";
import { startOver } from "#supabase/local/embedded-postgres.ts";
import { OtherSchema } from "#supabase/local/migrations.ts";
import { messageOf } from "#app/db/thrown.ts";
import { demoFolder } from "./places.ts";
import { type StackOptions, startStack } from "./stack.ts";
import { journeyEmail } from "./stand-ins.ts";
import { writeJourney } from "#supabase/seed/write-journey.ts";

const marker = (dataDir: string) => path.join(dataDir, "seeded");

/** A first start that was interrupted while filling the database leaves nothing worth keeping. */
export async function forgetHalfSeeded(dataDir: string, say: (sentence: string) => void) {
  if (!fs.existsSync(readyMarker(dataDir)) || fs.existsSync(marker(dataDir))) return;
  say("The first start was interrupted before the demo data was complete: it is made anew.");
  await startOver(dataDir);
}

/**
 * Fills the database on the first start alone; `small` leaves the invented past out.
 *
 * @throws DemoNotMade; what the database said is in the log.
 */
export async function seedOnce(
  dataDir: string,
  adminUrl: string,
  say: (sentence: string) => void,
  { small = process.argv.includes("--small") } = {},
) {
  if (fs.existsSync(marker(dataDir))) return;
  say(
    small
      ? "Making a small demo data: people and products, no past ..."
      : "Making the demo data: products, partners, ninety days of orders ...",
  );
  // Loaded only now: a second start has no use for it.
  const { seedDemo } = await import("#supabase/seed/demo.ts");
  try {
    await seedDemo(adminUrl, new Date(), { past: !small });
  } catch (error) {
    writeDown(dataDir, error);
    throw error;
  }
  fs.writeFileSync(marker(dataDir), "the demo data is complete\n");
}

type Started = Pick<StackOptions, "ports" | "parts" | "onCrash"> & { say: (sentence: string) => void };

/** Starts these parts of the system over the demo's data, which are made the first time. */
export const startDemo = (options: Started) =>
  startStack({
    ...options,
    dataDir: demoFolder,
    mode: "demo",
    prepare: async (adminUrl) => {
      await seedOnce(demoFolder, adminUrl, options.say);
      await writeJourney(adminUrl, journeyEmail);
    },
  });

const log = (dataDir: string) => path.join(dataDir, "logs", "seed.log");

function writeDown(dataDir: string, error: unknown) {
  fs.mkdirSync(path.dirname(log(dataDir)), { recursive: true });
  fs.writeFileSync(log(dataDir), `${new Date().toISOString()} ${inspect(error, { depth: 4 })}\n`, { mode: 0o600 });
}

/** Why the demo could not start, for whoever typed the command. */
export function whyNot(error: unknown): string {
  if (error instanceof OtherSchema) {
    return (
      'The demo data is of another version of this program, and its database cannot be used with this one. "npm run ' +
      'demo -- --reset" starts over with fresh data; what you did in the old one is lost.'
    );
  }
  if (error instanceof Error && error.name === "DemoNotMade") {
    return (
      `The demo data could not be made: ${error.message}. That is a mistake of this program, and may pass with ` +
      `another day; what the database said is in the logs of the demo's folder (seed.log). "npm run demo -- --small" ` +
      "starts now with less data: all people and products, and no past."
    );
  }
  return messageOf(error);
}
