import { expect, test } from "vitest";
import { encodeCursor } from "#app/db/cursor.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { servedApp } from "#tests/support/site.ts";
import { ask, cookieOf, siteMap } from "./support/whole-app.ts";

// A list begins anew, or says 400, for a place that it never gave: whatever somebody wrote into the link.
const { persons } = signedIn("admin", "auditor", "budi", "sari");
const site = servedApp();

const values = [
  "",
  "x",
  "-1",
  "9999999999999999999",
  "0",
  "NaN",
  "2026-13",
  "2099-12",
  "0000-01",
  "null",
  "[]",
  "%F0%9F%92%A9",
  "e".repeat(399),
  "'; drop table app.orders; --",
  ...[
    [],
    [1],
    [-1],
    [0],
    [1.5],
    [2 ** 53],
    [2 ** 53 - 1],
    [2 ** 31],
    [null],
    [{}],
    [[]],
    [true],
    ["x"],
    ["\0"],
    ["\ud800"],
    ["999999-01-01 00:00:00+00", 1],
    ["0000-00-00", 1],
    ["2026-02-31 00:00:00", 1],
    ["99:99", 1],
    ["1", 1],
    ["-", 1],
    ["+", 2],
    ["2026-11-28 00:00:00+99", 1],
    ["infinity", 1],
    [2 ** 53 - 1, 2 ** 53 - 1],
    [2 ** 31, 1],
    [0, 0],
    [1, "x"],
    ["x", "y"],
    ["1e308", "SLS-001"],
    ["1e-300000", "SLS-001"],
    ["1e300000", "x"],
    ["0x10", "x"],
    ["1_0", "x"],
    [" ", "x"],
    ["Infinity", "x"],
    ["NaN", "x"],
    ["-0", "x"],
    [".", "x"],
    ["9".repeat(300), "x"],
  ].map((parts) => encodeCursor(parts as never)),
];

/**
 * Where `after` means a place in a list: each page that is asked for by an address without a number in it, and those of
 * one salesman.
 */
const lists = siteMap()
  .map(({ path = "" }) => `/${path}`.replace(/\/:?[\w-]+\?/g, "").replace(":code", "SLS-001"))
  .filter((path) => !path.includes(":") && !/\*|bukan-saya|pictures/.test(path));
const states: Record<string, string[]> = {
  "/admin/tasks": ["&state=done"],
  "/admin/incidents": ["&state=closed", "&state=untaken", "&state=resolved"],
  "/admin/disputes": ["&state=resolved"],
  "/admin/reconcile": ["&state=settled", "&state=waiting"],
  "/admin/cases": ["&by=RECENT"],
  "/clients": ["&by=CITY", "&by=ROOM", "&by=QUIET"],
};
const paged = [
  "/orders",
  "/products",
  "/api/products",
  "/shadow",
  "/admin/orders",
  "/admin/alerts",
  "/admin/approvals",
  "/admin/accounts",
  "/admin/reviews",
  "/admin/audit",
  "/admin/exports",
  "/admin/cases/SLS-001",
  ...Object.keys(states),
];

test("the lists are among the pages", () => {
  expect(paged.filter((path) => !lists.includes(path))).toEqual([]);
});

test.each([...new Set(lists)])("%s: a place that it never gave is no error", async (path) => {
  const who = path.startsWith("/admin")
    ? path === "/admin/audit" || path.startsWith("/admin/exports")
      ? "auditor"
      : "admin"
    : path === "/clients"
      ? "sari"
      : "budi";
  const cookie = await cookieOf(persons[who]);
  const statusOf = async (query: string) => {
    const answer = await ask(site.origin, `${path}?after=${query}`, { headers: { cookie } });
    await answer.arrayBuffer();
    return `${answer.status < 500 ? "below 500" : answer.status} ${query}`;
  };
  // A page that one day has a list is tried a little as well.
  const tried = paged.includes(path) ? values : values.slice(0, 16);
  for (const state of ["", ...(states[path] ?? [])]) {
    const queries = tried.map((value) => encodeURIComponent(value).replaceAll("%25", "%") + state);
    // A few at a time: what is asked is whether one is answered, not how many at once are.
    const seen: string[] = [];
    for (let i = 0; i < queries.length; i += 6)
      seen.push(...(await Promise.all(queries.slice(i, i + 6).map(statusOf))));
    expect(seen).toEqual(queries.map((query) => `below 500 ${query}`));
  }
});
