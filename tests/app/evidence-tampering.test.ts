import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { unpack, seal, inManifest } from "./support/evidence-package.ts";

describe("the checker in the package", () => {
  test.each<[what: string, name: string, how: (text: string) => string, words: string]>([
    [
      "a line changed",
      "audit.jsonl",
      (text) => text.replace("ORDER_PLACED", "ORDER_PLACE"),
      "row number 3 was changed",
    ],
    [
      "a line that never was",
      "audit.jsonl",
      (text) => text.replace('"seq":3,', '"seq":2,'),
      "row number 2 was changed",
    ],
    [
      "a line beyond the chain",
      "audit.jsonl",
      (text) => `${text}{"seq":41,"row":{}}\n`,
      "row number 41 is not in the chain",
    ],
    [
      "a digest of the chain changed",
      "chain.csv",
      (text) => text.replace(/\r\n5,../, "\r\n5,ff"),
      "seal 1 does not fit",
    ],
    ["a row of the chain removed", "chain.csv", (text) => text.replace(/\r\n5,[0-9a-f]+/, ""), "breaks at number 5"],
    [
      "the tail of the chain cut",
      "chain.csv",
      (text) => text.slice(0, text.indexOf("\r\n36,") + 2),
      "up to the last seal",
    ],
    ["a head changed", "seals.jsonl", seal(2, (one) => (one.head = "ab".repeat(32))), "seal 3 does not fit"],
    [
      "a signature changed",
      "seals.jsonl",
      seal(0, (one) => (one.signature = Buffer.alloc(64).toString("base64"))),
      "signature of seal 1 is false",
    ],
    [
      "a seal removed",
      "seals.jsonl",
      (text) =>
        text
          .split("\n")
          .filter((_, index) => index !== 1)
          .join("\n"),
      "seal 2 does not follow",
    ],
  ])("refuses %s, by the sums and, when those were made to fit, by the chain", async (_, name, how, words) => {
    const { check, change, list } = await unpack();
    change(name, how);
    expect(check()).toMatchObject({ status: 1, said: expect.stringContaining(`${name}: berubah`) });
    list();
    expect(check()).toMatchObject({ status: 1, said: expect.stringContaining(words) });
  });

  test.each<[what: string, tamper: (at: (name: string) => string) => void, words: string]>([
    [
      "a line removed",
      (at) =>
        fs.writeFileSync(at("audit.jsonl"), fs.readFileSync(at("audit.jsonl"), "utf8").split("\n").slice(1).join("\n")),
      "audit.jsonl: berubah",
    ],
    [
      "files swapped",
      (at) => (
        fs.renameSync(at("orders.jsonl"), at("x")),
        fs.renameSync(at("hits.jsonl"), at("orders.jsonl")),
        fs.renameSync(at("x"), at("hits.jsonl"))
      ),
      "orders.jsonl: berubah",
    ],
    ["a file missing", (at) => fs.rmSync(at("orders.csv")), "orders.csv: tidak ada"],
    ["no chain at all", (at) => fs.rmSync(at("chain.csv")), "the chain cannot be read"],
    ["another README", (at) => fs.writeFileSync(at("README.txt"), "proven"), "README.txt: berubah"],
    [
      "another end in the manifest",
      (at) =>
        fs.writeFileSync(
          at("manifest.json"),
          fs.readFileSync(at("manifest.json"), "utf8").replace('"lastSeq": 40', '"lastSeq": 35'),
        ),
      "up to the last seal",
    ],
  ])("refuses %s", async (_, tamper, words) => {
    const { check, file } = await unpack();
    tamper(file);
    expect(check()).toMatchObject({ status: 1, said: expect.stringContaining(words) });
  });
  test.each<[what: string, tamper: (at: (name: string) => string) => void, words: string]>([
    ["another subject", inManifest(({ subject }) => (subject.code = "SLS-002")), "row number 3 is not about SLS-002"],
    [
      "a narrower period",
      inManifest(({ period }) => (period.from = "2026-11-02")),
      "row number 3 is not of the period",
    ],
    [
      "an earlier period",
      inManifest(({ period }) => Object.assign(period, { from: "2026-10-01", to: "2026-10-31" })),
      "row number 3 is not of the period",
    ],
    ["a period that is none", inManifest(({ period }) => (period.from = "")), "the period cannot be read"],
    [
      "a table that says something else",
      (at) => fs.writeFileSync(at("audit.csv"), fs.readFileSync(at("audit.csv"), "utf8").replace("SLS-001", "SLS-002")),
      "something else than audit.jsonl",
    ],
    [
      "a table with a row less",
      (at) =>
        fs.writeFileSync(
          at("audit.csv"),
          fs.readFileSync(at("audit.csv"), "utf8").split("\r\n").slice(0, -2).join("\r\n"),
        ),
      "something else than audit.jsonl",
    ],
    [
      "a file that nobody listed",
      (at) => fs.writeFileSync(at("confession.pdf"), "x"),
      "confession.pdf: tidak termasuk paket / not part of the package",
    ],
    [
      "a file that somebody listed",
      (at) => (
        fs.writeFileSync(at("confession.pdf"), "x"),
        inManifest(({ files }) => files.push({ name: "confession.pdf", bytes: 1, sha256: "" }))(at)
      ),
      "though it is listed",
    ],
    [
      "a file taken off the list",
      inManifest(({ files }) =>
        files.splice(
          files.findIndex(({ name }) => name === "audit.csv"),
          1,
        ),
      ),
      "audit.csv: tidak ada di daftar",
    ],
    ["a manifest that is none", (at) => fs.writeFileSync(at("manifest.json"), "{"), "the package cannot be read"],
  ])("refuses %s, though every sum was made to fit", async (_, tamper, words) => {
    const { check, list, file } = await unpack();
    tamper(file);
    try {
      list();
    } catch {
      /* A manifest that is none lists nothing. */
    }
    const { status, said } = check();
    expect([status, said]).toEqual([1, expect.stringContaining(words)]);
    expect(said).not.toMatch(/UTUH \/ INTACT|TERBUKTI \/ PROVEN/);
  });
});
