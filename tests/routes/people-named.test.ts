import { beforeAll, expect, test } from "vitest";
import { doEverything } from "#supabase/tests/every-act.ts";
import { messages } from "#app/words.ts";
import { people } from "#tests/support/cast.ts";
import { TestDb } from "#tests/support/rolled-back.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { servedApp } from "#tests/support/site.ts";
import { walkPages, wordsOf } from "./support/walk.ts";
import { cookieOf, siteMap } from "./support/whole-app.ts";

// Wherever staff reads of a person (admin, auditor, salesman), name and code stand together: a code alone is nobody to
// talk to, and a name alone may be two people's.
const { owner, persons } = signedIn("admin", "auditor");
const site = servedApp();
/** What somebody wrote about who was there. */
const typed = /Agus, (?:Admin HQ \( ?)?ADM-001/g;
/** A post of the company's, and not the person of the cast who is called as it is. */
const post = messages("id").incidents.posts.CIO;
let names: Map<string, string>;

beforeAll(async () => {
  await owner.query("begin");
  const db = new TestDb(owner);
  await doEverything(db);
  await db.as(people.admin, () => owner.query("select app.suspend_account('SLS-001', 'dipakai orang lain')"));
  await owner.query("commit");
  const { rows } = await owner.query<{ code: string; name: string }>(
    "select code, name from app.accounts where role <> 'PARTNER'",
  );
  names = new Map(rows.map(({ code, name }) => [code, name]));
});

/** Codes of people without their name and names without their code, with the words around them. */
function bare(path: string, html: string): string[] {
  const words = wordsOf(html.replace(/<svg[\s\S]*?<\/svg>/g, " "))
    .replace(/\s+/g, " ")
    .replaceAll(typed, "…")
    .replaceAll(post, "…");
  const around = (index: number) => words.slice(Math.max(0, index - 40), index + 40);
  return [...names].flatMap(([code, name]) => {
    if (path.includes(code)) return []; // His own page.
    const lone = (what: string, other: string) =>
      [...words.matchAll(new RegExp(`(?<![\\w-])${what}(?![\\w-])`, "g"))]
        .map(({ index }) => index)
        .filter(
          (index) =>
            !words.slice(Math.max(0, index - other.length - 3), index + what.length + other.length + 3).includes(other),
        );
    return [...lone(code, name), ...lone(name, code)].map(around);
  });
}

test.each(["admin", "auditor"] as const)(
  "name and code of a person stand together, on every page of staff: %s",
  async (who) => {
    const start = ["/admin", "/admin/tasks?state=done", "/admin/incidents?state=closed", "/admin/disputes?state=all"];
    for (const { path = "" } of siteMap()) if (path.startsWith("admin/") && !path.includes(":")) start.push(`/${path}`);
    const leftOut = /evidence\.zip|\/search|\/orders\/export/;
    const found: Record<string, string> = {};
    let named = 0;
    await walkPages({
      origin: site.origin,
      cookie: await cookieOf(persons[who]),
      start: start.filter((path) => !leftOut.test(path)),
      into: (href) => href.startsWith("/admin/") && !leftOut.test(href),
      look: ({ path, kind, html, status }) => {
        if (status !== 200) return;
        named += [...html.matchAll(/\((?:SLS|ADM|AUD)-\d{3,6}\)/g)].length;
        for (const words of bare(path, html)) found[`${kind} ${words.replace(/\d+/g, "…")}`] ??= `${words} on ${path}`;
      },
    });
    expect(named).toBeGreaterThan(20);
    expect(found).toEqual({});
  },
  240_000,
);
