// npm run demo               the whole system on this machine, with seeded data
// npm run demo -- --reset    the same, from nothing
import { buildWeb } from "./build.ts";
import { forgetHalfSeeded, startDemo, whyNot } from "./demo-data.ts";
import { startOver } from "#supabase/local/embedded-postgres.ts";
import { endedBySignal } from "./ended-by-signal.ts";
import { demoPorts } from "./environment.ts";
import { keepRunning } from "./keep-running.ts";
import { demoFolder } from "./places.ts";
import { releaseLock, runningDemo, takeLock } from "./run-lock.ts";
import type { Stack } from "./stack.ts";

const ports = demoPorts(process.env);
const address = `http://127.0.0.1:${ports.web}`;
const say = (sentence: string) => console.log(sentence);
let stack: Stack | undefined;
let stopping = false;
const startAgain = keepRunning({
  start: async (part) => stack?.start(part),
  say: (sentence) => console.error(sentence),
  over: () => stopping,
});

try {
  if (process.argv.includes("--reset") && !runningDemo(demoFolder)) await startOver(demoFolder);
  takeLock(demoFolder, address);
  const ended = endedBySignal();
  await forgetHalfSeeded(demoFolder, say);
  takeLock(demoFolder, address);
  if (buildWeb()) say("The web was built.");
  const starting = startDemo({
    ports,
    parts: ["postgres", "mail", "erp", "auth", "web"],
    say,
    onCrash: (part, words) => void startAgain(part, words),
  });
  // Stopped while starting: processes end with this one, and half-made data is made anew next time.
  stack = (await Promise.race([starting, ended])) ?? undefined;
  if (stack) {
    say(welcome());
    // After the welcome: people need the site at once, and the worker's work keeps for a second.
    await Promise.all([stack.start("sms"), stack.start("worker"), stack.start("watcher")]);
  }
  await ended;
  stopping = true;
  say("Stopping ...");
} catch (error) {
  console.error(`\n${whyNot(error)}`);
  process.exitCode = 1;
} finally {
  await stack?.stop();
  if (runningDemo(demoFolder)?.pid === process.pid) releaseLock(demoFolder);
}
process.exit();

function welcome() {
  const erp = ports.erp === demoPorts({}).erp ? "npm run erp --" : `ERP_PORT=${ports.erp} npm run erp --`;
  return `
  Alfa Beauty Cosmetica is at  ${address}

  Sign in as                   password of all: alfa-demo-2026
    budi@demo.test             partner, Salon Budi Surabaya (GOLD)
    maya@demo.test             partner, Barber Maya Medan (SILVER)
    sari@demo.test             salesman of Salon Budi
    agus@demo.test             salesman of Barber Maya
    admin@demo.test            admin of the head office; a second one is admin2@demo.test
    cio@demo.test              auditor, reads everything

  E-mails that were sent       ${address}/dev/mailbox      SMS: ${address}/dev/sms
  What people of ours hear     ${address}/dev/slack      errors: ${address}/dev/sentry
  Turn the ERP off and on      ${erp} refuse    ${erp} up
  Logs and database            .data/demo
  Stop                         Ctrl-C
`;
}
