import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { messages } from "#app/words.ts";
import { valueOf } from "#tests/support/database.ts";
import { everybody } from "./support/everybody.ts";
import { ask } from "./support/whole-app.ts";

const { owner, site, cookies, send } = everybody();
const t = messages("id").privacy;
const text = async (answer: Response) => (await answer.text()).replace(/<!-- -->/g, "");
const read = async (path: string, lang = "id") =>
  ask(site.origin, path, { headers: { cookie: `${cookies.admin}; lang=${lang}` } });
const newest = async () =>
  (await owner.query<{ ref: string }>("select ref from app.privacy_cases order by id desc limit 1")).rows[0]!.ref;
const request = (kind: string, address = "budi@demo.test") => ({
  key: randomUUID(),
  kind,
  name: "Budi",
  address,
  words: "Minta salinan <b>semuanya</b>",
});
let incident: string;

beforeAll(async () => {
  await owner.query("select private.open_incident(2, 'ERP_DOWN', 'privacy-test', null)");
  incident = await valueOf(owner, "select ref from app.incidents where dedup_key = 'privacy-test'");
});

test("anybody asks, also whom nobody knows; what is missing is told and what was typed stays", async () => {
  const wrong = await send("guest", "/privasi/permintaan", { ...request("ACCESS"), address: "budi" });
  expect(wrong.status).toBe(400);
  const page = await text(wrong);
  expect(page).toContain(messages("id").leads.codes.REACHABLE);
  expect(page).toContain("Minta salinan &lt;b&gt;semuanya&lt;/b&gt;");
  const asked = request("ACCESS");
  for (let count = 0; count < 2; count += 1) {
    const sent = await send("guest", "/privasi/permintaan", asked);
    expect([sent.status, sent.headers.get("location")]).toEqual([303, "/privasi"]);
  }
  expect((await owner.query("select from app.privacy_cases where key = $1", [asked.key])).rowCount).toBe(1);
  expect(await text(await read("/admin/privacy"))).toContain(await newest());
});

test("a copy is given once it is known who asks, to an admin, as a file in which nothing runs", async () => {
  await send("guest", "/privasi/permintaan", request("ACCESS"));
  const ref = await newest();
  const copy = (format: string) => read(`/admin/privacy/${ref}/copy/${format}`);
  expect((await copy("json")).status).toBe(409);
  const proven = await send("admin", `/admin/privacy/${ref}/prove`, { how: "CALLED_BACK", note: "Ditelepon" });
  expect(proven.status).toBe(303);
  expect((await copy("exe")).status).toBe(404);
  const auditor = await ask(site.origin, `/admin/privacy/${ref}/copy/json`, { headers: { cookie: cookies.auditor! } });
  expect(auditor.status).toBe(403);
  const json = await copy("json");
  expect(json.headers.get("content-disposition")).toBe(`attachment; filename="${ref}.json"`);
  expect(JSON.stringify(await json.json())).toContain("Salon Budi Surabaya");
  const html = await text(await copy("html"));
  expect(html).toContain("Salon Budi Surabaya");
  expect(html).toContain("default-src 'none'");
  const early = await send("admin", `/admin/privacy/${ref}/answer`, { outcome: "", answer: "Sudah diserahkan" });
  expect([early.status, (await text(early)).includes(t.codes.OUTCOME)]).toEqual([400, true]);
  const done = await send("admin", `/admin/privacy/${ref}/answer`, { outcome: "GRANTED", answer: "Diserahkan" });
  expect(done.status).toBe(303);
  expect(
    (await send("admin", `/admin/privacy/${ref}/answer`, { outcome: "REFUSED", answer: "Tidak jadi" })).status,
  ).toBe(409);
  expect(await text(await read(`/admin/privacy/${ref}`))).toContain(t.outcomes.GRANTED);
});

test("who is shut out by the system is led to the form in which he objects", async () => {
  const page = await text(await ask(site.origin, "/login", { headers: { cookie: "ended=SUSPENDED" } }));
  const to = /href="(\/privasi\/permintaan\?minta=OBJECTION)"/.exec(page)?.[1];
  expect(to).toBeDefined();
  expect(await text(await ask(site.origin, to!, {}))).toMatch(/<option value="OBJECTION" selected/);
  // Who was only signed out has nothing to object to.
  expect(await text(await ask(site.origin, "/login", { headers: { cookie: "ended=FORCED" } }))).not.toContain(to);
});

test("a leak: marked with when it was known, both letters say what is written, in both languages", async () => {
  const at = `/admin/incidents/${incident}/breach`;
  const words = { data: "Nama dan nomor toko", happened: "Kemarin malam lewat VPN", measures: "Akses ditutup" };
  expect((await read(`/admin/incidents/${incident}/letter/authority`)).status).toBe(404);
  const wrong = await send("admin", `${at}/mark`, { known: "kapan", ...words, persons: "banyak" });
  expect(wrong.status).toBe(400);
  expect(await text(wrong)).toContain("Kemarin malam lewat VPN");
  const known = new Date(Date.now() + 6 * 3_600_000).toISOString().slice(0, 16); // An hour ago, in WIB.
  expect((await send("admin", `${at}/mark`, { known, ...words, persons: "1.200" })).status).toBe(303);
  for (const [lang, says] of [
    ["id", "Pasal 46"],
    ["en", "Article 46"],
  ] as const) {
    const letter = await text(await read(`/admin/incidents/${incident}/letter/authority`, lang));
    for (const part of [says, ...Object.values(words), incident]) expect(letter).toContain(part);
  }
  const persons = await text(await read(`/admin/incidents/${incident}/letter/persons`));
  expect(persons).toContain("1.200");
  expect(persons).not.toContain("Pasal 46");
  for (const step of ["AUTHORITY", "PERSONS"])
    expect((await send("admin", `${at}/step`, { step, note: "Surat 12/2026" })).status).toBe(303);
  expect(await text(await read(at))).toContain("Surat 12/2026");
  const timer = "select met_at is not null as met from app.timers where kind = 'BREACH_NOTICE' and about = $1";
  expect((await owner.query(timer, [incident])).rows).toEqual([{ met: true }]);
});
