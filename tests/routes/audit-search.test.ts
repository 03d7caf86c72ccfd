import { beforeAll, expect, test } from "vitest";
import { messages } from "#app/words.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { servedApp } from "#tests/support/site.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

// Whom an auditor means, as he writes it.
const { owner, persons } = signedIn("auditor", "admin");
const site = servedApp();
const t = messages("id").audit;
let cookie: string;

beforeAll(async () => {
  cookie = await cookieOf(persons.auditor);
  await owner.query("update app.accounts set name = 'Sari Dewi' where code = 'SLS-002'");
  await owner.query(
    `update app.partner_contacts set owner_email = 'pemilik@salonbudi.test'
      where partner_id = (select id from app.partners where code = 'PTR-0001')`,
  );
});

async function search(query: Record<string, string>, as = cookie) {
  const answer = await ask(site.origin, `/admin/audit?${new URLSearchParams(query).toString()}`, {
    headers: { cookie: as },
  });
  const text = await answer.text();
  const field = (name: string) => new RegExp(`<input[^>]*name="${name}"[^>]*value="([^"]*)"`).exec(text)?.[1] ?? null;
  return { status: answer.status, text, field };
}

test.each([
  ["actor", "Sari", "SLS-001"], // Another is called Sari Dewi: he who is called just that is meant.
  ["actor", " sari dewi ", "SLS-002"],
  ["actor", "admin hq", "ADM-001"],
  ["actor", "Salon Budi Surabaya", "PTR-0001"],
  ["actor", "salon budi sur", "PTR-0001"],
  ["target", "barber maya medan", "PTR-0002"],
  ["target", "Pemilik@SalonBudi.test", "PTR-0001"],
  ["target", "sls-001", "SLS-001"],
])("%s=%s is %s", async (field, typed, code) => {
  const { status, field: value } = await search({ [field]: typed });
  expect([status, value(field)]).toEqual([200, code]);
});

test("of several who are called so each is a link to the same search; nothing is shown before", async () => {
  const found = await search({ actor: "sari d", action: "SIGNED_IN" });
  expect(found.status).toBe(200);
  const several = await search({ actor: "sar", action: "SIGNED_IN" });
  expect([several.status, several.field("actor")]).toEqual([400, "sar"]);
  expect(several.text).toContain(`href="#actor">${t.several}`);
  expect(several.text).toContain(t.notSearchedTitle);
  for (const code of ["SLS-001", "SLS-002"])
    expect(several.text).toContain(`href="/admin/audit?action=SIGNED_IN&amp;actor=${code}"`);
});

test("a name that fits everybody offers ten and asks for more of it", async () => {
  const { status, text } = await search({ target: "a" });
  expect([status, text.includes(t.tooMany(10))]).toEqual([400, true]);
  expect([...text.matchAll(/href="\/admin\/audit\?target=[A-Z]+-\d+"/g)]).toHaveLength(10);
});

test.each([
  ["actor", "Nobody At All"],
  ["actor", "%"],
  ["target", "_"],
  ["target", "\u{1F487}"],
  ["actor", "budi@"],
  ["actor", "x".repeat(500)],
  ["key", "a b"],
  ["request", "abc"],
  ["action", "what was done"],
] as const)(
  "%s=%s is nothing that can be looked for: 400 beside the field, and no row of anybody",
  async (field, typed) => {
    const { status, text } = await search({ [field]: typed });
    expect(status).toBe(400);
    expect(text).toContain(`href="#${field}">${t.misread[field]}`);
    expect(text).toContain(t.notSearchedTitle);
  },
);

test("nobody else finds out who is called what", async () => {
  const { status, text } = await search({ actor: "sar" }, await cookieOf(persons.admin));
  expect(status).toBe(403);
  expect(text).not.toContain("SLS-002");
});
