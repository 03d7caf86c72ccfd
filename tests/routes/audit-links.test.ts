import { beforeAll, expect, test } from "vitest";
import { messages } from "#app/words.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { pageFor, servedApp } from "#tests/support/site.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

const { owner, persons } = signedIn("admin", "auditor");
const site = servedApp();
const t = messages("id").audit.links;
let number: string;
let incident: string;

beforeAll(async () => {
  await owner.query("select private.open_incident(3, 'TESTED', 'audit-links', 'SLS-001', '{}')");
  const one = async (sql: string) => (await owner.query<{ v: string }>(sql)).rows[0]!.v;
  number = await one("select number as v from app.orders order by id desc limit 1");
  incident = await one("select ref as v from app.incidents order by id desc limit 1");
});

/** The ways of a page to the trail, by what they are called. */
async function ways(who: "admin" | "auditor", path: string) {
  const page = await pageFor(site, persons[who], path);
  const links = page.matchAll(/<a href="(\/admin\/audit\?[^"]*)">([^<]*)<\/a>/g);
  return Object.fromEntries([...links].map(([, href, label]) => [label, href!.replaceAll("&amp;", "&")]));
}

test("an order, a store, an account, a case and an incident lead an auditor to their rows of the trail", async () => {
  const pages: Record<string, object> = {
    [`/admin/orders/${number}`]: { [t.object(number)]: `/admin/audit?key=${number}` },
    "/admin/stores/PTR-0001": {
      [t.about("PTR-0001")]: "/admin/audit?target=PTR-0001",
      [t.by("PTR-0001")]: "/admin/audit?actor=PTR-0001",
    },
    ...Object.fromEntries(
      ["/admin/accounts/SLS-001", "/admin/cases/SLS-001"].map((path) => [
        path,
        {
          [t.about("SLS-001")]: "/admin/audit?target=SLS-001",
          [t.by("SLS-001")]: "/admin/audit?actor=SLS-001",
        },
      ]),
    ),
    [`/admin/incidents/${incident}`]: { [t.object(incident)]: `/admin/audit?key=${incident}` },
  };
  for (const [path, links] of Object.entries(pages)) {
    expect([path, await ways("auditor", path)]).toEqual([path, links]);
    // An admin reads an order's own history, and no trail: he is not led where he would be turned away.
    expect([path, await ways("admin", path)]).toEqual([path, {}]);
  }
  const refused = await ask(site.origin, `/admin/audit?key=${number}`, {
    headers: { cookie: await cookieOf(persons.admin) },
  });
  expect(refused.status, "control").toBe(403);
});

test("the trail of an order has its rows alone, and each leads back to it", async () => {
  const page = await pageFor(site, persons.auditor, `/admin/audit?key=${number}`);
  const rows = [...page.matchAll(/<tr[ >].*?<\/tr>/gs)].map(([row]) => row).filter((row) => row.includes("<td"));
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) expect(row).toContain(`href="/admin/orders/${number}"`);
});
