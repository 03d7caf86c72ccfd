import { beforeAll, expect, test } from "vitest";
import { doEverything } from "#supabase/tests/every-act.ts";
import { TestDb } from "#tests/support/rolled-back.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { servedApp } from "#tests/support/site.ts";
import { walkPages } from "./support/walk.ts";
import { ask, cookieOf, siteMap } from "./support/whole-app.ts";

// In a database in which everything has been done once: stores and salesmen read head office and not its people, and an
// auditor is offered nothing that is refused to him.
const { owner, persons } = signedIn("admin", "auditor", "budi", "sari");
const site = servedApp();
let people: RegExp;

beforeAll(async () => {
  await owner.query("begin");
  await doEverything(new TestDb(owner));
  await owner.query("commit");
  await owner.query("update app.accounts set name = name || ' Kusumawardhani' where role in ('ADMIN', 'AUDITOR')");
  await owner.query(
    `insert into app.order_events (order_id, kind, actor)
      select o.id, 'PROCESSING', a.name from app.orders o, app.accounts a
       where a.code = 'ADM-001' and o.partner_id = (select id from app.partners where code = 'PTR-0001')`,
  );
  people = /Kusumawardhani|\b(?:ADM|AUD)-\d{3}\b/;
});

const plain = siteMap()
  .map(({ path = "" }) => `/${path}`)
  .filter((path) => !/[:*]|^\/(?:api|logout)|\/export/.test(path));

test.each(["budi", "sari"] as const)(
  "no page of a store or its salesman names anybody of head office: %s",
  async (who) => {
    const named: string[] = [];
    let orders = 0;
    await walkPages({
      origin: site.origin,
      cookie: await cookieOf(persons[who]),
      start: plain.filter((path) => !path.startsWith("/admin")),
      into: (href) => /^\/(?!admin|pictures|api|assets|build)[\w-]/.test(href),
      look: ({ path, kind, html }) => {
        if (kind === "/orders/:code") orders += 1;
        const found = people.exec(html)?.[0];
        if (found) named.push(`${path}: ${found}`);
      },
    });
    expect(named).toEqual([]);
    expect(orders, "pages with a history").toBeGreaterThan(0);
  },
  120_000,
);

test("control: staff reads the name in the same history", async () => {
  const { rows } = await owner.query<{ number: string }>(
    "select number from app.orders where partner_id = (select id from app.partners where code = 'PTR-0001') limit 1",
  );
  const cookie = await cookieOf(persons.auditor);
  expect(await (await ask(site.origin, `/admin/orders/${rows[0]!.number}`, { headers: { cookie } })).text()).toMatch(
    /Kusumawardhani/,
  );
});

/** Where the forms of all pages that this person of staff opens are sent, and the links that he may not follow. */
async function offered(who: "admin" | "auditor") {
  const forms = new Map<string, string>();
  const refused: string[] = [];
  await walkPages({
    origin: site.origin,
    cookie: await cookieOf(persons[who]),
    start: ["/admin"],
    into: (href) => href.startsWith("/admin/") && !/evidence\.zip|\/export/.test(href),
    look: ({ path, kind, html, status }) => {
      if (status === 403) refused.push(path);
      const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? "";
      for (const [tag] of main.matchAll(/<form\s[^>]*method="post"[^>]*>/g)) {
        const action = /\saction="([^"]*)"/.exec(tag)?.[1]?.replaceAll("&amp;", "&") ?? path;
        forms.set(`${kind} ${action.replace(/\d+/g, "…")}`, action);
      }
      for (const [, to] of main.matchAll(/\sformaction="([^"]*)"/gi)) forms.set(`${kind} ${to}`, to!);
    },
  });
  return { forms, refused };
}

test("an auditor is offered no form and no page that is refused to him; an admin is offered more", async () => {
  const [auditor, admin] = [await offered("auditor"), await offered("admin")];
  const cookie = await cookieOf(persons.auditor);
  const refused: string[] = [...auditor.refused];
  for (const [on, action] of auditor.forms) {
    const { status } = await ask(site.origin, action, {
      method: on.endsWith("/slips") ? "GET" : "POST",
      headers: { cookie, origin: "http://alfa.test", "content-type": "application/x-www-form-urlencoded" },
      ...(on.endsWith("/slips") ? {} : { body: "" }),
    });
    if (status === 403) refused.push(on);
  }
  expect(refused).toEqual([]);
  expect(admin.refused).toEqual([]);
  // The control: an admin's forms are there to be found, and most are refused to an auditor.
  const only = [...admin.forms.values()].filter((action) => ![...auditor.forms.values()].includes(action));
  expect(only.length).toBeGreaterThan(10);
  const statuses = await Promise.all(
    only.slice(0, 5).map(async (action) => {
      const headers = { cookie, origin: "http://alfa.test", "content-type": "application/x-www-form-urlencoded" };
      return (await ask(site.origin, action, { method: "POST", headers, body: "" })).status;
    }),
  );
  expect(statuses).toContain(403);
}, 240_000);
