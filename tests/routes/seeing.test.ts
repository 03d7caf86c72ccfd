import { expect, test } from "vitest";
import { everybody } from "./support/everybody.ts";
import { ask } from "./support/whole-app.ts";

const { owner, site, cookies } = everybody();
const request = "6f1c2f0a111142228333123456789012";
const read = async (path: string, lang = "id") => {
  const answer = await ask(site.origin, path, { headers: { cookie: `${cookies.admin}; lang=${lang}` } });
  return { status: answer.status, text: (await answer.text()).replace(/<!-- -->/g, "") };
};
const note = (name: string, rows: object[]) => owner.query(`select app.${name}($1)`, [JSON.stringify(rows)]);
const row = (bucket: number, count = 1) => Array.from({ length: 50 }, (_, index) => (index === bucket ? count : 0));

test("staff finds the lines of one request by the number on its error page, page by page", async () => {
  const line = { level: 30, facts: { status: 200 }, request: null };
  await note("note_logs", [
    ...Array.from({ length: 30 }, (_, index) => ({ ...line, ago: index, message: `line ${index} of many` })),
    { ...line, ago: 1, level: 50, message: "page failed", request, facts: { err: { type: "TypeError" } } },
  ]);
  const all = await read("/admin/logs", "en");
  expect(all.text).toContain("line 0 of many");
  expect(all.text).not.toContain("line 29 of many");
  const next = /href="(\/admin\/logs\?after=[^"]+)" rel="next"|rel="next"[^>]*href="(\/admin\/logs\?after=[^"]+)"/.exec(
    all.text,
  );
  expect((await read((next?.[1] ?? next?.[2])!.replaceAll("&amp;", "&"), "en")).text).toContain("line 29 of many");
  const one = await read(`/admin/logs?request=${request.toUpperCase()}`, "en");
  expect(one.text).toContain("page failed");
  expect(one.text).toContain("TypeError");
  expect(one.text).not.toContain("of many");
  expect((await read("/admin/logs?level=error", "en")).text).not.toContain("of many");
  expect((await read("/admin/logs?day=2026-01-01", "en")).text).toContain("No line fits");
  for (const wrong of ["request=x", "day=2026-02-30", "day=kemarin"]) {
    const { status, text } = await read(`/admin/logs?${wrong}`, "en");
    expect([wrong, status, text.includes("of many")]).toEqual([wrong, 400, false]);
  }
  expect((await ask(site.origin, "/admin/logs", { headers: { cookie: `${cookies.budi}` } })).status).toBe(403);
});

test("the speed of pages is said with how much of it was measured", async () => {
  expect((await read("/admin/vitals", "en")).text).toContain("Nothing measured yet");
  const vital = { route: "/products", ago: 1, samples: 3, histogram: row(33, 3), targets: { "img.picture": 3 } };
  await note("note_vitals", [
    { ...vital, metric: "LCP" },
    { ...vital, metric: "TTFB", targets: {} },
    { ...vital, metric: "PAGE", samples: 12, targets: {} },
  ]);
  const { text } = await read("/admin/vitals?days=28", "en");
  expect(text).toContain("Measured: 3 visits; sent: 12 pages (about 25%)");
  expect(text).toContain("img.picture");
  expect(text).toContain("2.2 s");
  expect((await read("/admin/vitals?metric=CLS&days=99", "en")).status).toBe(200);
});

test("a promise stands beside what was measured", async () => {
  await note("note_requests", [
    { route: "/api/products", method: "GET", ago: 5, requests: 20, failed: 1, slow: 0, histogram: row(40, 20) },
    { route: "/api/health", method: "GET", ago: 5, requests: 20, failed: 0, slow: 0, histogram: row(3, 20) },
  ]);
  const { text } = await read("/admin/services", "en");
  expect(text).toMatch(/GET \/api\/products.*?939 ms.*?too slow/s);
  expect(text).toMatch(/GET \/api\/health.*?kept/s);
});
