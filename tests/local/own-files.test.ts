import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { append, writeAtomically } from "#mocks/file.ts";
import { MailState } from "#mocks/mail/state.ts";
import { SmsState } from "#mocks/sms/state.ts";
import { openLog } from "#supabase/local/open-log.ts";
import { takeLock } from "#scripts/run-lock.ts";

// What holds links of mails, or who did what from where, is for the account alone that runs us.
let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "alfa-own-"))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));
const modeOf = (file: string) => (fs.statSync(file).mode & 0o777).toString(8);

test.each([
  [
    "the mailbox",
    "mail/mailbox.json",
    (file: string) =>
      void new MailState({ file }).accept({ from: "a@alfa.test", to: ["b@demo.test"], subject: "x" }, null),
  ],
  [
    "the SMS",
    "sms/sms.json",
    (file: string) => void new SmsState({ file }).accept({ to: "628110000000", text: "x", sender: "ALFA" }, null),
  ],
  ["a state", "erp/erp.json", (file: string) => writeAtomically(file, "{}")],
  ["a log", "logs/web.log", (file: string) => fs.closeSync(openLog(file))],
])("%s is made so, whatever the shell's umask", (_, name, make) => {
  const usual = process.umask(0);
  try {
    const file = path.join(folder, name);
    make(file);
    expect([modeOf(file), modeOf(path.dirname(file))]).toEqual(["600", "700"]);
  } finally {
    process.umask(usual);
  }
});

test("the lock too; and what an older version left open is closed when it is used", () => {
  takeLock(folder, "http://127.0.0.1:3000");
  expect(modeOf(path.join(folder, "run.json"))).toBe("600");
  for (const use of [
    (file: string) => append(file, "x"),
    (file: string) => fs.closeSync(openLog(file)),
    (file: string) => writeAtomically(file, "x"),
  ]) {
    const file = path.join(folder, crypto.randomUUID());
    fs.writeFileSync(file, "old", { mode: 0o644 });
    use(file);
    expect(modeOf(file)).toBe("600");
  }
});
