import fs from "node:fs";
import path from "node:path";
import { expect, test } from "./support/test.ts";

// Public by its nature: a key to check signatures with, signed heads, marks without content.
const forEverybody = /^(audit-public-key\.pem|audit-heads\.jsonl|platform-ready|demo-ready|demo-ready|seeded)/;

test("nothing of the data folder that holds mails, logs or keys can be read by other accounts of the machine", () => {
  const folder = path.dirname(process.env.LOG_DIR!);
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => !name.startsWith("postgres") && !forEverybody.test(name));
  const open = files.filter((name) => (fs.statSync(path.join(folder, name)).mode & 0o077) !== 0);
  expect(open).toEqual([]);
  expect(files, "control: the mails and the logs are there").toEqual(
    expect.arrayContaining(["mailbox.json", "logs", path.join("logs", "web.log")]),
  );
});
