import { expect, test } from "vitest";
import { noticeKinds, writeNotice } from "#emails/notices.ts";
import { sendDueNotices } from "#jobs/notices.ts";
import { freshDatabase } from "#tests/support/database.ts";
import { mailProvider } from "./support/mail.ts";
import { queriesOf } from "./support/queries.ts";

const database = freshDatabase();
const queries = queriesOf(database);
const mail = mailProvider();

const pass = () => sendDueNotices({ queries, ...mail.sending() });
const write = (kind: string, key: string, props: object, lang = "id") =>
  database.one("select private.notify($1, $2, 'admin@demo.test', $3, $4)", [kind, key, lang, JSON.stringify(props)]);
const notice = (key: string) =>
  database.one("select state, attempts, last_error from app.notices where dedup_key = $1", [key]);

test("a notice is sent once, in its words, with a link into the office", async () => {
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
  await database.one("update app.notices set next_attempt_at = now()");
  await pass();
  expect(mail.state.list()).toMatchObject([
    { to: ["admin@demo.test"], subject: "SEV-2: «Bukan saya» dari Salon Budi, ORD-2026-000009" },
  ]);
  expect(mail.state.list()[0]!.html).toContain("https://b2b.alfa.test/admin/incidents/INC-2026-00003");
  expect(mail.state.list()[0]!.text).toContain("Rp 250.000");
  expect(await notice("d/9")).toMatchObject({ state: "SENT", attempts: 1 });
});

test("a kind without a letter is FAILED with its reason, and the next one still goes out", async () => {
  await write("NO_SUCH_KIND", "n/1", {});
  await write("REVIEW_READY", "r/1", { month: "2026-11", agents: 4, path: "/admin/reviews/2026-11" }, "en");
  await pass();
  expect(await notice("n/1")).toMatchObject({
    state: "FAILED",
    last_error: expect.stringContaining("NO_SUCH_KIND") as string,
  });
  expect(await notice("r/1")).toMatchObject({ state: "SENT" });
});

test("while the provider is away it waits, and after a week it is no news any more", async () => {
  await write("AUDIT_BROKEN", "a/1", { what: "hash", seq: 7, incident: "INC-2026-00001" });
  mail.state.mode = "500";
  await pass();
  expect(await notice("a/1")).toMatchObject({ state: "PENDING", attempts: 1 });
  await database.one(
    "update app.notices set next_attempt_at = now(), created_at = now() - interval '8 days' where state = 'PENDING'",
  );
  await pass();
  expect(await notice("a/1")).toMatchObject({ state: "FAILED" });
});

test("each kind has a letter in both languages, and a missing fact leaves a gap, not a broken letter", async () => {
  expect([...noticeKinds].sort()).toEqual([
    "ACCOUNT_SUSPENDED",
    "AGENT_FLAGGED",
    "AUDIT_BROKEN",
    "AUDIT_HEAD",
    "DISPUTE_RAISED",
    "DISPUTE_RECEIVED",
    "DISPUTE_RESOLVED",
    "ERP_DOWN",
    "LIFT_REQUESTED",
    "LOGIN_CHANGED",
    "ORDER_CHANGED",
    "ORDER_RECEIVED",
    "ORDER_RECONCILED",
    "PASSWORD_CHANGED",
    "REVIEW_OVERDUE",
    "REVIEW_READY",
    "STOCK_DRIFT",
  ]);
  for (const kind of noticeKinds) {
    for (const lang of ["id", "en"] as const) {
      const { subject, html, text } = await writeNotice(kind, lang, {
        appUrl: "https://b2b.alfa.test",
        whatsapp: "62811",
      });
      expect(html).toContain(`lang="${lang}"`);
      for (const part of [subject, html, text]) expect(part).not.toMatch(/undefined|NaN|\bnull\b/);
    }
  }
});
