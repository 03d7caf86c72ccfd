import { beforeAll, expect, test } from "vitest";
import { doEverything } from "#supabase/tests/every-act.ts";
import { TestDb } from "#tests/support/rolled-back.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { servedApp } from "#tests/support/site.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

// Pages of staff, on a database in which everything has been done once: where they lead to, a page is.
const { owner, persons } = signedIn("auditor");
const site = servedApp();
const lists = [
  ..."abuse accounts alerts approvals audit cases disputes erp exports incidents orders reconcile".split(" "),
  ..."reviews settings tasks".split(" "),
].map((name) => `/admin/${name}`);

beforeAll(async () => {
  const db = new TestDb(owner);
  await owner.query("begin");
  await doEverything(db);
  await owner.query("commit");
});

test("no link on a list of staff's leads to an error", async () => {
  const cookie = await cookieOf(persons.auditor);
  const open = (path: string) => ask(site.origin, path, { headers: { cookie } });
  const links = new Map<string, string>();
  const from = ["/admin", ...lists, "/admin/audit?action=TASK_DONE", "/admin/tasks?state=done"];
  for (const path of from)
    for (const [, href = ""] of (await (await open(path)).text()).matchAll(/<a [^>]*href="(\/[^"#]*)/g))
      links.set(href.replaceAll("&amp;", "&"), path);
  expect(links.size).toBeGreaterThan(100);
  const wrong: string[] = [];
  for (const [href, on] of links) {
    const { status } = await open(href);
    if (status >= 400) wrong.push(`${status} ${href} on ${on}`);
  }
  expect(wrong).toEqual([]);
});
