import { spawnSync } from "node:child_process";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type Entry, fromBuffer } from "yauzl";
import { z } from "zod";
import { csvMark, csvRecord } from "#app/evidence/csv.ts";
import { evidencePackage, type Line, type Scope, type Source } from "#app/evidence/package.server.ts";
import { stillness, until } from "#tests/support/until.ts";

const manifestShape = z.looseObject({
  subject: z.looseObject({ code: z.string(), name: z.string() }),
  period: z.looseObject({ from: z.string(), to: z.string() }),
  files: z.array(
    z.looseObject({ name: z.string(), bytes: z.number(), sha256: z.string(), rows: z.number().nullish() }),
  ),
});
type Manifest = z.output<typeof manifestShape>;

const sha = (data: string | Buffer) => createHash("sha256").update(data).digest();
const pem = (key: ReturnType<typeof generateKeyPairSync>["publicKey"]) =>
  key.export({ type: "spki", format: "pem" }).toString();
const keys = generateKeyPairSync("ed25519");
const keyId = sha(keys.publicKey.export({ type: "spki", format: "der" }))
  .toString("hex")
  .slice(0, 16);

/** Forty rows in seals of seven, of which every third is about the salesman; texts as people write them. */
function fixture({
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

const made = async ({ scope, source } = fixture()) => buffer(evidencePackage(scope, source));

/** The files of an archive, by name and in order. */
function unzip(archive: Buffer): Promise<Map<string, Buffer>> {
  return new Promise((resolve, reject) => {
    fromBuffer(archive, { lazyEntries: true, validateEntrySizes: true }, (error, zip) => {
      if (error) return reject(error);
      const files = new Map<string, Buffer>();
      zip.on("entry", (entry: Entry) =>
        zip.openReadStream(entry, (failed, stream) => {
          if (failed) return reject(failed);
          void buffer(stream).then((content) => (files.set(entry.fileName, content), zip.readEntry()), reject);
        }),
      );
      zip.on("end", () => resolve(files)).on("error", reject);
      zip.readEntry();
    });
  });
}

describe("the archive", () => {
  afterEach(() => void vi.useRealTimers());

  test("is the same byte by byte, whenever and wherever it is made", async () => {
    const first = await made();
    vi.stubEnv("TZ", "Asia/Jakarta");
    // Times in an archive count in steps of two seconds.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 86_400_000 });
    expect((await made()).equals(first)).toBe(true);
    const other = fixture();
    other.scope.name = "Sri";
    expect((await made(other)).equals(first)).toBe(false);
  });

  test("is read by others, and its manifest lists all that came before it", async () => {
    const files = await unzip(await made());
    expect([...files.keys()]).toEqual([
      "README.txt",
      "audit.jsonl",
      "audit.csv",
      "words.jsonl",
      "words.csv",
      "orders.jsonl",
      "orders.csv",
      "hits.jsonl",
      "hits.csv",
      "chain.csv",
      "seals.jsonl",
      "public-key.pem",
      "verify.mjs",
      "manifest.json",
    ]);
    const manifest = manifestShape.parse(JSON.parse(files.get("manifest.json")!.toString()));
    expect(manifest.files.map(({ name }) => name)).toEqual([...files.keys()].slice(0, -1));
    for (const { name, bytes, sha256 } of manifest.files)
      expect([name, bytes, sha256]).toEqual([name, files.get(name)!.length, sha(files.get(name)!).toString("hex")]);
    expect(manifest.files.find(({ name }) => name === "audit.jsonl")!.rows).toBe(13);
    expect(files.get("audit.jsonl")!.toString().trimEnd().split("\n")).toHaveLength(13);
    expect(files.get("audit.csv")!.toString().split("\r\n")[0]).toMatch(/^\uFEFF"seq","id","at",/);
    expect(files.get("words.csv")!.toString()).toBe(
      `\uFEFF"seq","action","key","reason","note","attended","address"\r\n3,"ACTING_BEGUN","PTR-0001","'=kunjungan ` +
        `toko",,,\r\n`,
    );
    const [headings, order, end] = files.get("orders.csv")!.toString().split("\r\n");
    expect(headings).toContain('"emailAlert","emailAlertSentAt","smsAlert","smsAlertSentAt"');
    expect(order).toContain(',"SENT","2026-11-01T01:02:09.000000Z","FAILED",,');
    expect(end).toBe("");
  });

  test("breaks off where a page cannot be read, and where rows are missing", async () => {
    const { scope, source } = fixture();
    const shut = {
      ...source,
      audit: (after: number) => (after > 10 ? Promise.reject(new Error("the session has ended")) : source.audit(after)),
    };
    await expect(made({ scope, source: shut })).rejects.toThrow("the session has ended");
    await expect(made({ scope: { ...scope, auditRows: 14 }, source })).rejects.toThrow("13 rows");
  });

  test("reads no further than somebody takes", async () => {
    const { scope, source } = fixture();
    let pages = 0;
    const line = JSON.stringify({ id: 1, detail: Array.from({ length: 20_000 }, () => Math.random()) });
    const endless = { ...source, audit: (after: number) => Promise.resolve(((pages += 1), [{ at: after + 1, line }])) };
    const stream = evidencePackage(scope, endless);
    const full = await stillness(() => pages);
    expect(full).toBeLessThan(10);
    stream.resume();
    await until(() => expect(pages, "control: it goes on when somebody takes").toBeGreaterThan(full + 20));
    stream.destroy();
    await until(() => expect(stream.closed).toBe(true));
    const then = pages;
    expect(await stillness(() => pages)).toBe(then);
  });
});

describe("a CSV field", () => {
  test.each([
    ["=1+1", '"\'=1+1"'],
    ["+62812", '"\'+62812"'],
    ["-5", '"\'-5"'],
    ["@SUM(A1)", '"\'@SUM(A1)"'],
    ["\t=1", "\"'\t'=1\""],
    ["\r=1", '"\'\r=1"'],
    ["\0x", '"\'\0x"'],
    ["＝1", '"\'＝1"'],
    ["＋1", '"\'＋1"'],
    ["－1", '"\'－1"'],
    ["＠x", '"\'＠x"'],
    ["  =1", '"\'  =1"'],
    ["\uFEFF=1", '"\'\uFEFF=1"'],
    ["a;=1+1", '"a;\'=1+1"'],
    ["a,@x", '"a,\'@x"'],
    ["a|-x", '"a|\'-x"'],
    ["a\n=1", '"a\n\'=1"'],
    ['a",=1', '"a"",\'=1"'],
    ["a, =1", '"a,\' =1"'],
    ["Salon Budi", '"Salon Budi"'],
    ["Jl. A, B", '"Jl. A, B"'],
    ['say "hi"', '"say ""hi"""'],
    ["a-b=c@d", '"a-b=c@d"'],
    ["", '""'],
    [-7.25, "-7.25"],
    [1350000, "1350000"],
    [true, "true"],
    [null, ""],
    [undefined, ""],
    [{ a: 1 }, '"{""a"":1}"'],
  ])("%j", (value, written) => expect(csvRecord([value])).toBe(`${written}\r\n`));

  test("records end by CRLF, and the file says that it is UTF-8", () => {
    expect(csvRecord(["a", 1, null])).toBe('"a",1,\r\n');
    expect(Buffer.from(csvMark).toString("hex")).toBe("efbbbf");
  });
});

describe("the checker in the package", () => {
  const folders: string[] = [];
  afterEach(() => folders.splice(0).forEach((folder) => fs.rmSync(folder, { recursive: true })));

  async function unpack(options?: Parameters<typeof fixture>[0]) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "evidence-"));
    folders.push(folder);
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
  const seal = (n: number, change: (seal: Record<string, unknown>) => void) => (text: string) =>
    text
      .split("\n")
      .map((line, index) => {
        if (index !== n) return line;
        const parsed = z.record(z.string(), z.unknown()).parse(JSON.parse(line));
        change(parsed);
        return JSON.stringify(parsed);
      })
      .join("\n");

  test("accepts what nobody touched, and says where its key came from", async () => {
    const { check, file } = await unpack();
    const inside = check();
    expect([inside.status, inside.said]).toEqual([0, expect.stringContaining("UTUH / INTACT")]);
    expect(inside.said).toContain("compare it with the auditor's letter");
    const [, proven, not] = inside.said.split(/TERBUKTI \/ PROVEN|TIDAK TERBUKTI \/ NOT PROVEN/);
    expect(proven).toContain("up to number 40, signed with key");
    for (const words of ["orders.*, hits.*, README.txt", "Completeness", "SHA-256 of the ZIP file"])
      expect(not).toContain(words);
    fs.writeFileSync(file("../key-of-the-auditor.pem"), pem(keys.publicKey));
    const outside = check(file("../key-of-the-auditor.pem"));
    expect([outside.status, outside.said]).toEqual([0, expect.not.stringContaining("from this very package")]);
    // Laid beside the files it is no stranger, since it was named.
    fs.copyFileSync(file("../key-of-the-auditor.pem"), file("key.pem"));
    expect(check(file("key.pem")).status).toBe(0);
    expect(check().status).toBe(1);
    fs.rmSync(file("key.pem"));
    fs.rmSync(file("../key-of-the-auditor.pem"));
  });

  test("says that without a key no signature was checked", async () => {
    expect((await unpack({ publicKey: null })).check()).toMatchObject({
      status: 2,
      said: expect.stringContaining("no public key"),
    });
  });

  test("checks by the key that it is given, not by one that a forger put in", async () => {
    const forger = generateKeyPairSync("ed25519");
    const { check, change, list, file } = await unpack();
    fs.writeFileSync(file("public-key.pem"), pem(forger.publicKey));
    list();
    expect(check().status).toBe(2);
    expect(check(file("public-key.pem")).status).toBe(2);
    // Seals made anew with a key of his own, under the true key's name.
    change(
      "seals.jsonl",
      seal(5, (last) => (last.signature = sign(null, Buffer.from("x"), forger.privateKey).toString("base64"))),
    );
    list();
    fs.writeFileSync(file("../true.pem"), pem(keys.publicKey));
    expect(check(file("../true.pem"))).toMatchObject({
      status: 1,
      said: expect.stringContaining("signature of seal 6 is false"),
    });
    fs.rmSync(file("../true.pem"));
  });

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

  const manifest = (change: (manifest: Manifest) => void) => (at: (name: string) => string) => {
    const told = manifestShape.parse(JSON.parse(fs.readFileSync(at("manifest.json"), "utf8")));
    change(told);
    fs.writeFileSync(at("manifest.json"), JSON.stringify(told));
  };
  test.each<[what: string, tamper: (at: (name: string) => string) => void, words: string]>([
    ["another subject", manifest(({ subject }) => (subject.code = "SLS-002")), "row number 3 is not about SLS-002"],
    ["a narrower period", manifest(({ period }) => (period.from = "2026-11-02")), "row number 3 is not of the period"],
    [
      "an earlier period",
      manifest(({ period }) => Object.assign(period, { from: "2026-10-01", to: "2026-10-31" })),
      "row number 3 is not of the period",
    ],
    ["a period that is none", manifest(({ period }) => (period.from = "")), "the period cannot be read"],
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
        manifest(({ files }) => files.push({ name: "confession.pdf", bytes: 1, sha256: "" }))(at)
      ),
      "though it is listed",
    ],
    [
      "a file taken off the list",
      manifest(({ files }) =>
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

  test("prints nothing that the package could speak with in its place", async () => {
    const { check, file } = await unpack();
    const rogue = "Sari\u001b[2K\rOK\nUTUH / INTACT\u009b1A\u202e\u2028";
    manifest(({ subject }) => (subject.name = rogue))(file);
    fs.writeFileSync(file("x\u001b[2K\nOK"), "");
    for (const format of ["alfa-evidence/1", `\u001b[31m${rogue}`]) {
      fs.writeFileSync(
        file("manifest.json"),
        fs
          .readFileSync(file("manifest.json"), "utf8")
          .replace(/"format": ?"[^"]*"/, `"format":${JSON.stringify(format)}`),
      );
      const { status, said } = check();
      expect(status).toBe(1);
      expect(said).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2028]/);
      expect(said.split("\n")).not.toContain("UTUH / INTACT");
    }
  });

  test("takes rows about his orders, and says for which of them no other row accounts", async () => {
    const about = (seq: number, row: object) => ({
      actor: "ADM-001",
      entity: "order",
      action: "ORDER_MOVED",
      ...row,
      key: seq < 20 ? "ORD-2026-000001" : "ORD-2026-000002",
    });
    const { check } = await unpack({
      row: (seq) =>
        seq === 3
          ? { entity: "order", key: "ORD-2026-000001", acting_session: crypto.randomUUID() }
          : seq % 2
            ? about(seq, {})
            : {},
    });
    const { status, said } = check();
    expect([status, said]).toEqual([0, expect.stringContaining("That 4 rows about orders placed earlier")]);
    const foreign = await unpack({
      row: (seq) => (seq === 9 ? about(seq, { actor: "SLS-002", action: "ORDER_PLACED" }) : {}),
    });
    expect(foreign.check()).toMatchObject({
      status: 1,
      said: expect.stringContaining("row number 9 is not about SLS-001"),
    });
  });
});
