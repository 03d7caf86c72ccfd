import { beforeEach, expect, test } from "vitest";
import { stateOf } from "#app/incidents/detector.ts";
import { messages } from "#app/words.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { pageFor, servedApp } from "#tests/support/site.ts";
import { wordsOf } from "./support/walk.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

const { owner, persons } = signedIn("admin", "auditor", "budi", "sari");
const site = servedApp();
const t = messages("en").incidents.detectors;
const read = async () => {
  const html = await pageFor(site, persons.auditor, "/admin/detectors", "en");
  return { html, text: wordsOf(html).replace(/\s+/g, " ") };
};
beforeEach(() => owner.query("delete from app.http_minutes"));

test("staff reads each rule, its measure beside the limit, what is set off and its incident", async () => {
  expect((await read()).text).toContain(t.asleep);
  await owner.query(`insert into app.http_minutes (minute, route, method, requests, failed, slow, histogram)
    values (date_trunc('minute', now()), '/checkout', 'POST', 10, 4, 0, array_fill(0, array[50]))`);
  await owner.query("select app.note_requests('[]')");
  await owner.query("select jobs.look_at_detectors(null, null)");
  const { html, text } = await read();
  expect(text).not.toContain(t.asleep);
  const { rows } = await owner.query<{ ref: string }>(
    "select ref from app.incidents where dedup_key = 'orders-failing' and state <> 'CLOSED'",
  );
  expect(text).toMatch(
    new RegExp(`${t.names["orders-failing"]} SEV-1 40% 20% ${t.states.BROKEN} .* once ${rows[0]!.ref}`),
  );
  expect(html).toContain(`href="/admin/incidents/${rows[0]!.ref}"`);
  expect(html).toContain('href="/admin/playbooks/rollback"');
  // Nobody has set up a watcher: that is said, and not that all is well.
  expect(text).toMatch(new RegExp(`${t.names["database-down"]} SEV-1 – 1 ${t.states.NEW} never`));
  expect(text).toMatch(new RegExp(`${t.names["stock-stuck"]} SEV-2 [\\d.,]+ min 30 min`));
  await owner.query("update app.detector_states set looked_at = looked_at - interval '2 minutes'");
  expect((await read()).text).toContain(`40% 20% ${t.states.FROZEN}`);
});

test("every rule has a name in both languages", async () => {
  const { rows } = await owner.query<{ name: string }>("select name from app.detectors order by position");
  for (const lang of ["id", "en"] as const)
    expect(Object.keys(messages(lang).incidents.detectors.names).sort()).toEqual(rows.map(({ name }) => name).sort());
});

test("it is staff's page", async () => {
  for (const who of ["budi", "sari"] as const) {
    const cookie = await cookieOf(persons[who]);
    expect((await ask(site.origin, "/admin/detectors", { headers: { cookie } })).status).toBe(403);
  }
});

test.each([
  ["SEEN", true, "SEEN", "BROKEN"],
  ["FEW", true, "SEEN", "BROKEN"],
  ["BLIND", true, "SEEN", "FROZEN"],
  ["SEEN", false, "SEEN", "OK"],
  ["FEW", false, "SEEN", "FEW"],
  ["FEW", false, null, "FEW"],
  ["BLIND", false, "SEEN", "BLIND"],
  ["BLIND", false, null, "NEW"],
] as const)("sight %s, set off %s, measured %s: %s", (sight, broken, measured, state) => {
  const now = new Date();
  const rule = { sight, fresh: true, measuredAt: measured && now, brokenSince: broken ? now : null };
  expect(stateOf(rule as Parameters<typeof stateOf>[0])).toBe(state);
});
