import { spawnSync } from "node:child_process";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { expect, onTestFinished } from "vitest";
import { z } from "zod";
import { unzip } from "#tests/support/sheet.ts";
import { evidencePackage, type Line, type Scope, type Source } from "#app/evidence/package.server.ts";

/** What the manifest of a package says, as far as tests read it. */
export const manifestShape = z.looseObject({
  subject: z.looseObject({ code: z.string(), name: z.string() }),
  period: z.looseObject({ from: z.string(), to: z.string() }),
  files: z.array(
    z.looseObject({ name: z.string(), bytes: z.number(), sha256: z.string(), rows: z.number().nullish() }),
  ),
});
type Manifest = z.output<typeof manifestShape>;

/** SHA-256. */
export const sha = (data: string | Buffer) => createHash("sha256").update(data).digest();

/** A public key as a file says it. */
export const pem = (key: ReturnType<typeof generateKeyPairSync>["publicKey"]) =>
  key.export({ type: "spki", format: "pem" }).toString();

/** The keys that sign the seals of a package. */
export const keys = generateKeyPairSync("ed25519");
const keyId = sha(keys.publicKey.export({ type: "spki", format: "der" }))
  .toString("hex")
  .slice(0, 16);

/** Forty rows in seals of seven, of which every third is about the salesman; texts as people write them. */
export function fixture({
  publicKey = pem(keys.publicKey),
  row,
}: { publicKey?: string | null; row?: (seq: number) => object } = {}): { scope: Scope; source: Source } {
  let hash = Buffer.alloc(32);
  const links: Array<{ seq: number; digest: string; line: string }> = [];
  const seals: Line[] = [];
  let previous = hash.toString("hex");
  for (let seq = 1; seq <= 40; seq += 1) {
    const line = JSON.stringify({
      id: seq,
      at: "2026-11-01T01:02:03.000004Z",
      actor: "SLS-001",
      action: "ORDER_PLACED",
      detail: { note: `=cmd|'${seq}\u2028baris, "dua"` },
      ...row?.(seq),
    });
    const digest = sha(line);
    hash = sha(Buffer.concat([hash, digest]));
    links.push({ seq, digest: digest.toString("hex"), line });
    if (seq % 7 === 0 || seq === 40) {
      const batch = seals.length + 1;
      const firstSeq = (batch - 1) * 7 + 1;
      const head = hash.toString("hex");
      const signature = sign(
        null,
        Buffer.from(`alfa-audit-seal/1\n${batch}\n${firstSeq}\n${seq}\n${head}`),
        keys.privateKey,
      ).toString("base64");
      seals.push({
        at: batch,
        line: JSON.stringify({
          batch,
          firstSeq,
          lastSeq: seq,
          previous,
          head,
          sealedAt: "2026-11-01T01:03:00.000000Z",
          keyId,
          signature,
        }),
      });
      previous = head;
    }
  }
  const audit = links.filter(({ seq }) => seq % 3 === 0).map(({ seq, line }) => ({ at: seq, line }));
  const words = [
    { at: 1, line: JSON.stringify({ seq: 3, action: "ACTING_BEGUN", key: "PTR-0001", reason: "=kunjungan toko" }) },
  ];
  const orders = [
    {
      at: 1,
      line: JSON.stringify({
        number: "ORD-2026-000001",
        total: 1350000,
        storeName: "＝Salon",
        lines: [{ sku: "A" }],
        trace: { ip: "203.0.113.7" },
        alerts: [
          { channel: "EMAIL", state: "SENT", attempts: 1, sentAt: "2026-11-01T01:02:09.000000Z" },
          { channel: "SMS", state: "FAILED", attempts: 3, sentAt: null },
        ],
        dispute: null,
        holds: null,
      }),
    },
  ];
  const pages = (all: Line[], size: number) => (after: number) =>
    Promise.resolve(all.filter(({ at }) => at > after).slice(0, size));
  return {
    scope: {
      code: "SLS-001",
      name: "Sari",
      from: "2026-11-01",
      to: "2026-11-20",
      frozenAt: "2026-11-21T01:00:00.000000Z",
      firstBatch: 1,
      lastBatch: seals.length,
      firstSeq: 1,
      lastSeq: 40,
      previous: "00".repeat(32),
      head: hash.toString("hex"),
      publicKey,
      auditRows: audit.length,
      wordRows: words.length,
      orderRows: 1,
      hitRows: 0,
      chainRows: 40,
    },
    source: {
      audit: pages(audit, 4),
      words: pages(words, 4),
      orders: pages(orders, 4),
      hits: pages([], 4),
      seals: pages(seals, 4),
      chain: (after) => {
        const page = links.filter(({ seq }) => seq > after).slice(0, 9);
        return Promise.resolve(
          page.length === 0
            ? null
            : {
                last: page.at(-1)!.seq,
                rows: page.length,
                lines: page.map(({ seq, digest }) => `${seq},${digest}\r\n`).join(""),
              },
        );
      },
    },
  };
}

/** The package as one archive. */
export const made = async ({ scope, source } = fixture()) => buffer(evidencePackage(scope, source));

/** A package on the disk until the test ends, in a folder inside the test's own: to tamper with and to check. */
export async function unpack(options?: Parameters<typeof fixture>[0]) {
  const around = fs.mkdtempSync(path.join(os.tmpdir(), "evidence-"));
  onTestFinished(() => fs.rmSync(around, { recursive: true }));
  const folder = path.join(around, "package");
  fs.mkdirSync(folder);
  for (const [name, content] of await unzip(await made(fixture(options))))
    fs.writeFileSync(path.join(folder, name), content);
  const file = (name: string) => path.join(folder, name);
  return {
    check: (...args: string[]) => {
      const { status, stdout } = spawnSync(process.execPath, [file("verify.mjs"), ...args], { encoding: "utf8" });
      return { status, said: stdout };
    },
    change(name: string, how: (text: string) => string) {
      const before = fs.readFileSync(file(name), "utf8");
      const after = how(before);
      expect(after).not.toBe(before);
      fs.writeFileSync(file(name), after);
    },
    /** What somebody does who knows the format and not the key: the sums fit again. */
    list() {
      const manifest = manifestShape.parse(JSON.parse(fs.readFileSync(file("manifest.json"), "utf8")));
      for (const entry of manifest.files) entry.sha256 = sha(fs.readFileSync(file(entry.name))).toString("hex");
      fs.writeFileSync(file("manifest.json"), JSON.stringify(manifest));
    },
    file,
  };
}

/** Changes the n-th seal of seals.jsonl. */
export const seal = (n: number, change: (seal: Record<string, unknown>) => void) => (text: string) =>
  text
    .split("\n")
    .map((line, index) => {
      if (index !== n) return line;
      const parsed = z.record(z.string(), z.unknown()).parse(JSON.parse(line));
      change(parsed);
      return JSON.stringify(parsed);
    })
    .join("\n");

/** Changes what the manifest of an unpacked package says. */
export const inManifest = (change: (manifest: Manifest) => void) => (at: (name: string) => string) => {
  const told = manifestShape.parse(JSON.parse(fs.readFileSync(at("manifest.json"), "utf8")));
  change(told);
  fs.writeFileSync(at("manifest.json"), JSON.stringify(told));
};
