import { expect, test } from "vitest";
import { largestLead } from "#app/leads/lead.ts";
import { readStamp, stampNow } from "#app/leads/stamp.server.ts";
import { messages } from "#app/words.ts";
import { readSheet } from "#tests/support/sheet.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { pageFor, servedApp } from "#tests/support/site.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

const t = messages("id").leads;
const { owner, persons } = signedIn("admin", "admin2", "auditor", "budi");
const site = servedApp();

let phones = 0;
/** One that nobody has sent yet. */
const lead = (more: object = {}) => ({
  business_name: "Salon Rahayu",
  contact_name: "Ibu Rahayu",
  phone_whatsapp: `0812-7000-${String(1000 + (phones += 1))}`,
  city: "Bandung",
  salon_type: "SALON",
  consent: true,
  ...more,
});
const json = async (body: unknown, headers: Record<string, string> = {}) => {
  const answer = await ask(site.origin, "/api/leads", {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  });
  return { status: answer.status, headers: answer.headers, said: JSON.parse(await answer.text()) as Problem };
};
type Problem = { type?: string; status: unknown; errors?: Array<{ field: string; code: string; detail: string }> };
const form = async (path: string, fields: Record<string, unknown>, cookie = "") => {
  const answer = await ask(site.origin, path, {
    method: "POST",
    body: new URLSearchParams(
      Object.entries(fields).map(([name, value]): [string, string] => [name, value === true ? "yes" : String(value)]),
    ).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded", cookie },
  });
  return { status: answer.status, to: answer.headers.get("location"), html: await answer.text() };
};
const stored = async (business: string) =>
  (await owner.query<{ n: number }>("select count(*)::int as n from app.leads where business_name = $1", [business]))
    .rows[0]!.n;
const earlier = () => stampNow(Date.now() - 60_000);

test("a program's lead is taken, once per key or per day and content; all answers are alike", async () => {
  const one = lead({ business_name: "Salon Satu", chair_count: "4", email: "", message: null });
  const first = await json(one);
  expect([first.status, first.said]).toEqual([202, { status: "accepted" }]);
  expect((await json(one)).said).toEqual(first.said);
  expect(await stored("Salon Satu")).toBe(1);

  const keyed = lead({ business_name: "Salon Kunci" });
  expect((await json(keyed, { "idempotency-key": "k-1" })).status).toBe(202);
  expect((await json(keyed, { "idempotency-key": "k-1" })).status).toBe(202);
  expect((await json({ ...keyed, message: "lagi" }, { "idempotency-key": "k-1" })).status).toBe(422);
  expect(await stored("Salon Kunci")).toBe(1);
  // Somebody else's key of the same name is his own.
  const elsewhere = { "idempotency-key": "k-1", "x-forwarded-for": "203.0.113.50" };
  expect((await json(lead({ business_name: "Salon Lain" }), elsewhere)).status).toBe(202);
  expect(await stored("Salon Lain")).toBe(1);
  expect((await json(keyed, { "idempotency-key": "x".repeat(201) })).said.type).toMatch(/invalid-idempotency-key$/);

  const { status } = await form("/api/leads", lead({ business_name: "Salon Formulir" }));
  expect([status, await stored("Salon Formulir")]).toEqual([202, 1]);
});

test("what is wrong is a problem document, field by field", async () => {
  const { status, headers, said } = await json({
    business_name: "x",
    phone_whatsapp: 12,
    salon_type: "SPA",
    lang: "en",
  });
  expect([status, headers.get("content-type"), said.type]).toEqual([
    400,
    "application/problem+json",
    "urn:problem-type:alfa:invalid-lead",
  ]);
  expect(said.errors!.map(({ field, code }) => [field, code])).toEqual([
    ["business_name", "REQUIRED"],
    ["contact_name", "REQUIRED"],
    ["phone_whatsapp", "PHONE"],
    ["city", "REQUIRED"],
    ["salon_type", "SALON_TYPE"],
    ["consent", "CONSENT"],
  ]);
  expect(said.errors!.at(-1)!.detail).toBe(messages("en").leads.codes.CONSENT);
  for (const [body, type, status] of [
    ["{", "unreadable-body", 400],
    ["[]", "unreadable-body", 400],
    ["null", "unreadable-body", 400],
    [JSON.stringify(lead({ message: "x".repeat(17_000) })), "too-large", 413],
    [JSON.stringify(lead({ message: "x".repeat(1_001) })), "invalid-lead", 400],
    [JSON.stringify(lead({ chair_count: 51 })), "invalid-lead", 400],
  ] as const) {
    const answer = await json(body);
    expect([answer.status, answer.said.type]).toEqual([status, `urn:problem-type:alfa:${type}`]);
  }
  expect((await json("a=b", { "content-type": "text/plain" })).status).toBe(415);
  const read = await ask(site.origin, "/api/leads", {});
  expect([read.status, read.headers.get("allow")]).toEqual([405, "POST"]);
});

test("a program that fills in what nobody sees is answered like everybody, and stored nowhere", async () => {
  expect((await json(lead({ business_name: "Robot Satu", company: "x" }))).said).toEqual({ status: "accepted" });
  const sent = await form("/mitra", lead({ business_name: "Robot Dua", company: "x", form_shown: earlier() }));
  expect([sent.status, sent.to]).toEqual([303, "/mitra/terima-kasih"]);
  expect([await stored("Robot Satu"), await stored("Robot Dua")]).toEqual([0, 0]);
});

test("the page's form: taken, or back with what was typed beside what is wrong with it", async () => {
  const page = await (await ask(site.origin, "/mitra", {})).text();
  const stamp = /name="form_shown" value="([^"]+)"/.exec(page)![1]!;
  expect(readStamp(stamp)).toBe("fast");
  const fast = await form("/mitra", lead({ business_name: "Salon Cepat", form_shown: stampNow() }));
  expect(fast.status).toBe(400);
  expect(fast.html).toContain(t.form.tooFast);
  expect(fast.html).toContain('value="Salon Cepat"');
  // The same page sent again later is good.
  const kept = /name="form_shown" value="([^"]+)"/.exec(fast.html)![1]!;
  expect(readStamp(kept, Date.now() + 5_000)).toBe("sound");
  for (const stamp of ["", "1700000000000.x", stampNow(Date.now() - 8 * 86_400_000), stampNow(Date.now() + 60_000)])
    expect((await form("/mitra", lead({ form_shown: stamp }))).html).toContain(t.form.tooOld);

  const empty = await form("/mitra", { ...lead({ business_name: "", city: "", form_shown: earlier() }), consent: "" });
  for (const field of ["business_name", "city"] as const)
    expect(empty.html).toContain(`<a href="#${field}">${t.form[field]}: ${messages("id").http.codes.REQUIRED}</a>`);
  expect(empty.html, "said once").toContain(`<a href="#consent">${t.codes.CONSENT}</a>`);
  const wrong = await form("/mitra", { ...lead({ phone_whatsapp: "123", form_shown: earlier() }), consent: "" });
  expect(wrong.status).toBe(400);
  expect(wrong.html).toContain(t.codes.CONSENT);
  expect(wrong.html).toMatch(/value="123"/);
  const large = await form(
    "/mitra",
    lead({ city: "Kota Besar", more: "x".repeat(largestLead), form_shown: earlier() }),
  );
  expect([large.status, large.html.includes(t.form.tooLarge), large.html.includes("Kota Besar")]).toEqual([
    413,
    true,
    true,
  ]);

  const good = await form("/mitra", lead({ business_name: "Salon Halaman", form_shown: earlier() }));
  expect([good.status, good.to, await stored("Salon Halaman")]).toEqual([303, "/mitra/terima-kasih", 1]);
});

test("staff works on it: the list, its page, a step; auditors read", async () => {
  await json(lead({ business_name: "Salon Meja" }));
  const number = (await owner.query<{ ref: string }>("select ref from app.leads where business_name = 'Salon Meja'"))
    .rows[0]!.ref;
  expect(await pageFor(site, persons.auditor, "/admin/leads?q=salon+meja")).toContain(number);
  expect(await pageFor(site, persons.auditor, "/admin/leads?state=CLOSED&q=salon+meja")).toContain(t.emptyTitle);
  expect(await pageFor(site, persons.auditor, `/admin/leads/${number}`)).toContain(t.readOnly);
  const admin = await cookieOf(persons.admin);
  const at = `/admin/leads/${number}`;
  const moved = await form(at, { state: "HANDED_OVER", seen: "NEW", note: "Silver" }, admin);
  expect([moved.status, moved.to]).toEqual([303, at]);
  const again = await form(at, { state: "CONTACTED", seen: "NEW", note: "Sudah saya telepon" }, admin);
  expect([again.status, again.html.includes("Sudah saya telepon")]).toEqual([409, true]);
  const task = (
    await owner.query<{ id: number }>("select id from app.tasks where kind = 'OPEN_ACCOUNT' and subject_code = $1", [
      number,
    ])
  ).rows[0]!.id;
  expect(await pageFor(site, persons.admin, `/admin/tasks/${task}`)).toContain("Salon Meja");
});

test("leads are taken away by whoever has the right, and no formula runs; each time is in the trail", async () => {
  await json(lead({ business_name: '=HYPERLINK("http://x.test","Salon")' }));
  const take = async (who: "admin" | "auditor" | "budi", format: string) => {
    const answer = await ask(site.origin, `/admin/leads/export/${format}?q=hyperlink`, {
      headers: { cookie: await cookieOf(persons[who]) },
    });
    return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
  };
  for (const who of ["admin", "auditor", "budi"] as const) expect((await take(who, "csv")).status).toBe(403);
  const right = { code: "ADM-001", allowed: "yes", reason: "Laporan mingguan" };
  const own = await form("/admin/leads/export", right, await cookieOf(persons.admin));
  expect([own.status, own.html.includes(t.codes.OWN_RIGHT)]).toEqual([409, true]);
  expect((await form("/admin/leads/export", right, await cookieOf(persons.admin2))).status).toBe(303);
  const csv = await take("admin", "csv");
  expect(csv.body.toString()).toContain(`"'=HYPERLINK(""http://x.test"",""Salon"")"`);
  const { rows } = await readSheet((await take("admin", "xlsx")).body);
  expect(rows[1]).toContain('=HYPERLINK("http://x.test","Salon")');
  const { rows: trail } = await owner.query(
    "select actor_code as by, detail from app.audit_events where action = 'LEADS_EXPORTED' order by id",
  );
  expect(trail).toEqual(
    ["CSV", "XLSX"].map((format) => ({ by: "ADM-001", detail: { format, rows: 1, cut: false, search: true } })),
  );
});

test("who asks to be forgotten is, and has a receipt", async () => {
  await json(lead({ business_name: "Salon Lupa", email: "lupa@salon.test" }));
  const admin = await cookieOf(persons.admin);
  const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
  const wrong = await form("/admin/leads/erasures", { address: "lupa", askedBy: "EMAIL", day: today }, admin);
  expect([wrong.status, wrong.html.includes(t.codes.REACHABLE)]).toEqual([400, true]);
  const asked = await form(
    "/admin/leads/erasures",
    { address: "LUPA@salon.test", askedBy: "EMAIL", day: today },
    admin,
  );
  expect([asked.status, asked.to]).toEqual([303, expect.stringMatching(/^\/admin\/leads\/erasures\/PRV-/)]);
  expect(await pageFor(site, persons.admin, asked.to!)).toContain("Salon Lupa");
  expect((await form(asked.to!, {}, admin)).status).toBe(303);
  const receipt = await pageFor(site, persons.admin, asked.to!);
  expect([receipt.includes(t.erasures.receipt), /lupa/i.test(receipt)]).toEqual([true, false]);
  expect((await form(asked.to!, {}, admin)).status).toBe(409);
  expect(await stored("Salon Lupa")).toBe(0);
});
