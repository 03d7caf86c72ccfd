import { expect, test } from "vitest";
import { mailKinds, writeMail } from "#emails/mails.ts";
import { sendDueMails } from "#jobs/mails.ts";
import { readSchema } from "#supabase/local/schema.ts";
import { freshDatabase } from "#tests/support/database.ts";
import { mailProvider } from "./support/mail.ts";
import { queriesOf } from "./support/queries.ts";

const database = freshDatabase();
const queries = queriesOf(database);
const provider = mailProvider();

const pass = () => sendDueMails({ queries, ...provider.sending() });
const write = (kind: string, key: string, props: object, lang = "id") =>
  database.one("select private.notify($1, $2, 'admin@demo.test', $3, $4)", [kind, key, lang, JSON.stringify(props)]);
const stateOf = (key: string) =>
  database.one("select state, attempts, last_error from app.mails where dedup_key = $1", [key]);

test("a mail is sent once, in its words, with a link into staff", async () => {
  const props = {
    order: "ORD-2026-000009",
    store: "Salon Budi",
    salesman: "Sari",
    total: 250000,
    severity: 2,
    incident: "INC-2026-00003",
    path: "/admin/incidents/INC-2026-00003",
  };
  await write("DISPUTE_RAISED", "d/9", props);
  await write("DISPUTE_RAISED", "d/9", props);
  await pass();
  await database.one("update app.mails set next_attempt_at = now()");
  await pass();
  expect(provider.state.list()).toMatchObject([
    { to: ["admin@demo.test"], subject: "SEV-2: «Bukan saya» dari Salon Budi, ORD-2026-000009" },
  ]);
  expect(provider.state.list()[0]!.html).toContain("https://b2b.alfa.test/admin/incidents/INC-2026-00003");
  expect(provider.state.list()[0]!.text).toContain("Rp 250.000");
  expect(await stateOf("d/9")).toMatchObject({ state: "SENT", attempts: 1 });
});

test("sent late, a mail still says of what moment it speaks", async () => {
  await write("ORDER_RECEIVED", "o/1", { order: "ORD-2026-000001", light: "AMBER", degraded: "yes" });
  await database.one("update app.mails set created_at = '2026-11-20T07:05:00Z' where dedup_key = 'o/1'");
  await pass();
  expect(provider.state.list()[0]!.text).toContain("keadaan pada 20 Nov 2026 14.05 WIB");
  expect(provider.state.list()[0]!.text).not.toMatch(/menunggu persetujuan/);
  await write("ORDER_RECEIVED", "o/2", { order: "ORD-2026-000002" }, "en");
  await database.one("update app.mails set created_at = '2026-11-20T18:05:00Z' where dedup_key = 'o/2'");
  await pass();
  for (const part of ["text", "html"] as const)
    expect(provider.state.list()[0]![part]).toContain("how things stood at 21 Nov 2026 01.05 WIB");
});

test("a kind without a mail is FAILED with its reason, and the next one still goes out", async () => {
  await write("NO_SUCH_KIND", "n/1", {});
  await write("REVIEW_READY", "r/1", { month: "2026-11", salesmen: 4, path: "/admin/reviews/2026-11" }, "en");
  await pass();
  expect(await stateOf("n/1")).toMatchObject({
    state: "FAILED",
    last_error: expect.stringContaining("NO_SUCH_KIND"),
  });
  expect(await stateOf("r/1")).toMatchObject({ state: "SENT" });
});

test("while the provider is away it waits, and after a week it is no news any more", async () => {
  await write("AUDIT_BROKEN", "a/1", { what: "hash", seq: 7, incident: "INC-2026-00001" });
  provider.state.mode = "500";
  await pass();
  expect(await stateOf("a/1")).toMatchObject({ state: "PENDING", attempts: 1 });
  await database.one(
    "update app.mails set next_attempt_at = now(), created_at = now() - interval '8 days' where state = 'PENDING'",
  );
  await pass();
  expect(await stateOf("a/1")).toMatchObject({ state: "FAILED" });
});

test("each kind that SQL writes has a mail in both languages; a missing fact leaves a gap in it", async () => {
  const sent = readSchema().sql.matchAll(
    /private\.(?:notify_(?:owner|role)\([^,()]+,|(?:notify|tell_subscribers)\()\s*'([A-Z_]+)'/g,
  );
  const kinds = new Set([...sent].map(([, kind]) => kind));
  expect(kinds.size).toBeGreaterThan(16);
  expect(new Set(mailKinds)).toEqual(kinds);
  for (const kind of mailKinds) {
    for (const lang of ["id", "en"] as const) {
      const { subject, html, text } = await writeMail(kind, lang, {
        appUrl: "https://b2b.alfa.test",
        whatsapp: "62811",
      });
      expect(html).toContain(`lang="${lang}"`);
      for (const part of [subject, html, text]) expect(part).not.toMatch(/undefined|NaN|\bnull\b/);
    }
  }
});

test("mails of the status page are left by one press, in the mail or by its header; the first one is not", async () => {
  const facts = { appUrl: "https://b2b.alfa.test", token: "7.abc", step: "BEGUN", mode: "FULL" };
  for (const kind of ["STATUS_UPDATE", "MAINTENANCE"]) {
    const mail = await writeMail(kind, "id", facts);
    const link = "https://b2b.alfa.test/status/unsubscribe/7.abc";
    expect(mail.text).toContain(link);
    expect(mail.headers).toEqual({
      "List-Unsubscribe": `<${link}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    });
  }
  const first = await writeMail("STATUS_CONFIRM", "id", facts);
  expect([first.headers, first.text]).toEqual([
    undefined,
    expect.stringContaining("https://b2b.alfa.test/status/confirm/7.abc"),
  ]);
});
