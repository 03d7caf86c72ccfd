import { execFileSync } from "node:child_process";
import { EventEmitter } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { http } from "msw";
import { mailHandlers } from "#mocks/mail/handlers.ts";
import { MailState } from "#mocks/mail/state.ts";
import { serve } from "#mocks/serve.ts";
import { smsHandlers } from "#mocks/sms/handlers.ts";
import { SmsState } from "#mocks/sms/state.ts";
import { removeData } from "#supabase/local/data-dir.ts";
import { freePorts } from "#supabase/local/ports.ts";
import { type Stack, startStack } from "#supabase/local/stack.ts";
import { seedTest } from "#supabase/seed/test.ts";

export type Target = "worker" | "postgres";
export type Stand = Awaited<ReturnType<typeof openStand>>;

/**
 * The real worker and a real Postgres, with fsync and synchronous commits as in production, and the providers in this
 * process, on real ports: they outlive every kill and know each request.
 */
export async function openStand() {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "alfa-kills-"));
  fs.chmodSync(dataDir, 0o755);
  const [postgres, auth, erp, mailPort, smsPort, web] = (await freePorts(6)) as [number, number, number, number, number, number];
  const mailState = new MailState();
  const smsState = new SmsState();
  mailState.delayMs = 60; // An answer takes its time, so that a kill can fall into it.
  const seen = new EventEmitter();
  const tap = http.post("*", () => void seen.emit("request")); // Passes the request on to the handlers after it.
  const mail = await serve([tap, ...mailHandlers(mailState)], mailPort);
  const sms = await serve([tap, ...smsHandlers(smsState)], smsPort);
  /** Processes that ended without being killed. */
  const crashes: string[] = [];
  const stack: Stack = await startStack({
    dataDir, mode: "demo", parts: ["postgres", "worker"], ports: { postgres, auth, erp, mail: mailPort, sms: smsPort, web },
    prepare: async (adminUrl) => void (await seedTest(adminUrl)),
    onCrash(part, words) {
      crashes.push(words);
      console.error(words);
      void stack.start(part).catch(console.error); // As whoever looks after the processes would.
    },
  });

  return {
    stack, mailState, smsState, seen, crashes,
    /** Ends processes as a power cut would, all of Postgres at one moment, and starts them again. */
    async kill(targets: Target[]) {
      const children = targets.includes("postgres") ? childrenOf(stack.pid("postgres")!) : [];
      const ended = targets.map((target) => stack.halt(target, "SIGKILL"));
      for (const child of children) endNow(child);
      await Promise.all(ended);
      while (children.some(lives)) await pause(5);
      await Promise.all(targets.map((target) => startAgain(stack, target)));
    },
    async close() {
      await stack.stop();
      await Promise.all([mail.close(), sms.close()]);
      removeData(dataDir);
    },
  };
}

// A backend born in the moment of the kill is in no list and ends a little later by itself; until then Postgres refuses to start.
async function startAgain(stack: Stack, target: Target): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await stack.start(target);
    } catch (error) {
      if (tries === 20 || !String(error).includes("pre-existing shared memory block")) throw error;
      await pause(250);
    }
  }
}

function childrenOf(pid: number): number[] {
  try {
    return execFileSync("pgrep", ["-P", String(pid)], { encoding: "utf8" }).trim().split("\n").map(Number);
  } catch {
    return []; // None is an exit code of 1.
  }
}

function endNow(pid: number) {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended with its parent.
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
