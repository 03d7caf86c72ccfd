import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { sheet } from "#app/ui/sheet.server.ts";
import { readSheet, rezip, unzip } from "#tests/support/sheet.ts";
import { made, unpack } from "./support/evidence-package.ts";

describe("the workbooks in the package", () => {
  test("have the rows of the tables, numbers and moments as such, and text as text", async () => {
    const files = await unzip(await made());
    const audit = await readSheet(files.get("audit.xlsx")!);
    expect(audit.rows).toHaveLength(14);
    expect(audit.rows[0]!.slice(0, 4)).toEqual(["seq", "id", "at (WIB)", "actor"]);
    expect(audit.rows[1]!.slice(0, 5)).toEqual([3, 3, expect.any(Number), "SLS-001", "ORDER_PLACED"]);
    // A spreadsheet's days since 1899: 1 November 2026, 08.02.03 in Jakarta.
    expect(new Date(Math.round((Number(audit.rows[1]![2]) - 25_569) * 86_400_000)).toISOString()).toBe(
      "2026-11-01T08:02:03.000Z",
    );
    expect(audit.formats[2]).toBe("yyyy-mm-dd hh:mm:ss");
    const [headings, order] = (await readSheet(files.get("orders.xlsx")!)).rows;
    const of = (heading: string) => order![headings!.indexOf(heading)];
    expect([of("number"), of("total"), of("storeName")]).toEqual(["ORD-2026-000001", 1_350_000, "＝Salon"]);
    expect((await readSheet(files.get("words.xlsx")!)).rows[1]).toContain("=kunjungan toko");
    expect((await readSheet(files.get("hits.xlsx")!)).rows).toHaveLength(1);
  });

  const odd = [
    " leading\n \ttab & <b> \"q\" 'a' ",
    "_x0041_ and _X000a_",
    "\0\u0001\r\nline\ralone \ud800 \ufffe",
    "😀".repeat(20_000),
    `${"a".repeat(32_766)}😀`,
    "",
  ];

  test.each(odd)("are found good by the checker, whatever people wrote (%#)", async (note) => {
    const { check } = await unpack({ row: () => ({ detail: note, user_agent: note, ip: true, xid: 1.5 }) });
    const { status, said } = check();
    expect([status, said]).toEqual([0, expect.stringContaining("audit.xlsx sama dengan audit.jsonl")]);
  });

  const changed =
    (part: string, how: (text: string) => string) =>
    async (workbook: Buffer): Promise<Buffer> => {
      const parts = await unzip(workbook);
      const before = parts.get(part)!.toString();
      expect(how(before)).not.toBe(before);
      return rezip(parts.set(part, Buffer.from(how(before))));
    };
  const table = "xl/worksheets/sheet1.xml";

  test.each<[what: string, how: (workbook: Buffer) => Promise<Buffer>]>([
    ["another actor", changed(table, (text) => text.replace("SLS-001", "SLS-002"))],
    ["a row less", changed(table, (text) => text.replace(/<row r="14">.*?<\/row>/s, ""))],
    ["a formula", changed(table, (text) => text.replace(/<c r="E2".*?<\/c>/s, '<c r="E2"><f>1+1</f></c>'))],
    ["a column out of sight", changed(table, (text) => text.replace('<col min="5"', '<col hidden="1" min="5"'))],
    ["moments written otherwise", changed("xl/styles.xml", (text) => text.replace("yyyy-mm-dd", "yyyy-01-01"))],
    ["another table named", changed("xl/workbook.xml", (text) => text.replace('name="audit"', 'name="x"'))],
    [
      "a part more",
      async (workbook) => rezip((await unzip(workbook)).set("xl/worksheets/sheet2.xml", Buffer.from("<x/>"))),
    ],
    ["no workbook at all", () => Promise.resolve(Buffer.from("PK"))],
  ])("are refused with %s, though every sum was made to fit", async (_, how) => {
    const { check, list, file } = await unpack();
    const workbook = fs.readFileSync(file("audit.xlsx"));
    // Control: packed anew it is still the same.
    fs.writeFileSync(file("audit.xlsx"), await rezip(await unzip(workbook)));
    list();
    expect(check().status).toBe(0);
    fs.writeFileSync(file("audit.xlsx"), await how(workbook));
    list();
    const { status, said } = check();
    expect([status, said]).toEqual([1, expect.stringContaining("something else than audit.jsonl")]);
    expect(said).not.toContain("UTUH / INTACT");
  });
});

describe("a workbook", () => {
  test("is made as fast as it is taken, in little memory", async () => {
    let made = 0;
    function* rows() {
      for (; made < 60_000; made += 1) yield { text: `${made} ${Math.random()}` };
    }
    const bytes = sheet("x", [{ heading: "text", value: ({ text }: { text: string }) => text }], rows());
    await bytes.next();
    await bytes.next();
    expect(made).toBeLessThan(40_000);
    for await (const _ of bytes);
    expect(made, "control: it goes on when somebody takes").toBe(60_000);
  });
});
