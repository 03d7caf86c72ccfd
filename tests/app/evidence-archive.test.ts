import { afterEach, describe, expect, test, vi } from "vitest";
import { csvMark, csvRecord } from "#app/ui/csv.ts";
import { evidencePackage } from "#app/evidence/package.server.ts";
import { unzip } from "#tests/support/sheet.ts";
import { stillness, until } from "#tests/support/until.ts";
import { manifestShape, sha, fixture, made } from "./support/evidence-package.ts";

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
      "audit.xlsx",
      "words.jsonl",
      "words.csv",
      "words.xlsx",
      "orders.jsonl",
      "orders.csv",
      "orders.xlsx",
      "hits.jsonl",
      "hits.csv",
      "hits.xlsx",
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
