import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { auditNotifications } from "#jobs/incidents/auditor.ts";
import { paper } from "#app/playbooks/paper.ts";
import { holidaysOf, keepHolidays } from "#jobs/incidents/holidays.ts";
import { tellByMail, tellBySlack, tellBySms } from "#jobs/incidents/tell.ts";
import { smsGateway } from "#jobs/sms.ts";
import { happenedIn, notificationSms } from "#app/incidents/notification.ts";
import { slackHandlers } from "#mocks/slack/handlers.ts";
import { type SlackMode, SlackState } from "#mocks/slack/state.ts";
import { smsHandlers } from "#mocks/sms/handlers.ts";
import { SmsState } from "#mocks/sms/state.ts";
import { serve, type Served } from "#mocks/serve.ts";
import { freshDatabase } from "#tests/support/database.ts";
import { mailProvider } from "./support/mail.ts";
import { queriesOf } from "./support/queries.ts";

const database = freshDatabase();
const queries = queriesOf(database);
const provider = mailProvider();
let slack: SlackState;
let sms: SmsState;
let served: Served;

beforeAll(async () => {
  for (const name of ["admin", "admin2"]) {
    const id = randomUUID();
    await database.one(
      "insert into auth.users (id, aud, role, email) values ($1, 'authenticated', 'authenticated', $2)",
      [id, `${name}@demo.test`],
    );
    await database.one("insert into app.accounts (id, code, role, name) values ($1, $2, 'ADMIN', 'Admin')", [
      id,
      name === "admin" ? "ADM-001" : "ADM-002",
    ]);
  }
});
beforeEach(async () => {
  slack = new SlackState();
  sms = new SmsState();
  served = await serve([...slackHandlers(slack), ...smsHandlers(sms, { token: "gateway-token" })], 0);
  await queries.declareNotificationChannels(["SLACK", "MAIL", "SMS"]);
});
afterEach(() => served.close());

const at = (path: string) => `http://127.0.0.1:${served.port}${path}`;
const tools = { queries, appUrl: "https://b2b.alfa.test", whatsapp: "628110000000" };
const bySlack = () =>
  tellBySlack(
    { critical: at("/slack/critical"), production: at("/slack/production"), warning: at("/slack/warning") },
    tools,
  );
const byMail = () => tellByMail(provider.sending().deliver, tools);
const bySms = () =>
  tellBySms(
    smsGateway({ url: at("/messages"), token: "gateway-token", sender: "ALFABEAUTY", deadlineMs: 2_000 }),
    tools,
  );
let opened = 0;
/** An incident of a cause of its own; its number. */
async function open(severity: number, subject: string | null = null): Promise<string> {
  const id = await database.value<string>("select private.open_incident($1, 'ERP_DOWN', 'uji/' || $2::int, $3)", [
    severity,
    (opened += 1),
    subject,
  ]);
  return database.value<string>("select ref from app.incidents where id = $1", [id]);
}
const states = (ref: string) =>
  database.value<Array<{ channel: string; state: string }>>(
    `select coalesce(jsonb_agg(jsonb_build_object('channel', n.channel, 'state', n.state) order by n.id), '[]')
       from app.notifications n join app.incidents i on i.id = n.incident_id where i.ref = $1`,
    [ref],
  );
const due = (ref: string, age = "0") =>
  database.one(
    `update app.notifications set next_attempt_at = now(), created_at = created_at - $2::interval
      where state = 'PENDING' and incident_id = (select id from app.incidents where ref = $1)`,
    [ref, age],
  );

test("a SEV-1 is in the critical channel once, says what to do, and mentions nobody whatever it is about", async () => {
  const ref = await open(1, "<!channel> & <@U012AB3CD>");
  await bySlack();
  await bySlack();
  expect(await states(ref)).toEqual([{ channel: "SLACK", state: "SENT" }]);
  const [message, ...more] = slack.list();
  expect(more).toEqual([]);
  expect(message?.channel).toBe("critical");
  expect(message?.text).toBe(
    `SEV-1 · Insiden baru: ERP tidak dapat dihubungi (&lt;!channel&gt; &amp; &lt;@U012AB3CD&gt;) · ${ref} · ` +
      `tanggapi dalam 15 menit · https://b2b.alfa.test/admin/incidents/${ref}`,
  );
});

test.each<[SlackMode]>([["down"], ["500"], ["429"], ["lost"]])(
  "Slack %s: tried again, and when it comes back it is told there",
  async (mode) => {
    const ref = await open(2);
    slack.mode = mode;
    await bySlack();
    expect(await states(ref)).toEqual([{ channel: "SLACK", state: "PENDING" }]);
    slack.mode = "up";
    await due(ref);
    await bySlack();
    expect(await states(ref)).toEqual([{ channel: "SLACK", state: "SENT" }]);
    // Slack knows no key: only where the answer was lost it may stand there twice.
    expect(slack.list().filter(({ text }) => text.includes(ref))).toHaveLength(mode === "lost" ? 2 : 1);
  },
);

test("a channel that is gone, and one that stays silent for too long: the people on duty get a mail", async () => {
  const ref = await open(2);
  slack.mode = "gone";
  await bySlack();
  expect((await states(ref)).map(({ channel, state }) => [channel, state])).toEqual([
    ["SLACK", "REPLACED"],
    ["MAIL", "PENDING"],
    ["MAIL", "PENDING"],
  ]);
  await byMail();
  const mails = provider.state.list();
  expect(mails.map(({ to }) => to[0]).sort()).toEqual(["admin2@demo.test", "admin@demo.test"]);
  expect(mails[0]!.subject).toBe(`SEV-2 Insiden baru: ERP tidak dapat dihubungi (${ref})`);
  expect(mails[0]!.text).toContain(`https://b2b.alfa.test/admin/incidents/${ref}`);

  const other = await open(1);
  slack.mode = "500";
  await due(other, "44 seconds");
  await bySlack();
  expect((await states(other)).map(({ channel }) => channel)).toEqual(["SLACK", "MAIL", "MAIL"]);
});

test("mail does not get through either: a telephone gets a text of 160 letters with the whole link", async () => {
  await database.one("select private.retire('app.rota', 'true', 'TEST')");
  await database.one(`
    with person as (insert into app.responders (name, email, phone) values ('Łucja', 'lucja@demo.test', '6281234567890')
      returning id)
    insert into app.rota (post, responder_id, from_day)
      select 'CTO', id, (now() at time zone 'Asia/Jakarta')::date from person`);
  const ref = await open(1, "x".repeat(80));
  slack.mode = "gone";
  await bySlack();
  await database.one("update app.notifications set created_at = now() - interval '6 minutes' where channel = 'MAIL'");
  provider.state.mode = "500";
  await byMail();
  await bySms();
  expect((await states(ref)).map(({ channel, state }) => [channel, state])).toEqual([
    ["SLACK", "REPLACED"],
    ["MAIL", "REPLACED"],
    ["SMS", "SENT"],
  ]);
  const [text] = sms.list();
  expect(text!.to).toBe("6281234567890");
  expect(text!.text.length).toBeLessThanOrEqual(160);
  expect(text!.text.endsWith(` https://b2b.alfa.test/admin/incidents/${ref}`)).toBe(true);
});

test("«back to paper notes» says in Slack and in the mail what salesmen do; another lateness does not", async () => {
  const ref = await open(1);
  await bySlack();
  await byMail();
  const kinds = ["LATE_MEND", "LATE_BLACKOUT"];
  for (const kind of kinds)
    await database.one(
      `with i as (select * from app.incidents where ref = $1)
       select private.notification(i.id, $2, $2 || '/' || c.channel, c.channel, c.target, c.address, 'id',
           private.incident_facts(i::app.incidents))
         from i, (values ('SLACK', 'critical', null), ('MAIL', '1', 'cto@demo.test')) c (channel, target, address)`,
      [ref, kind],
    );
  await bySlack();
  await byMail();
  const [mended, dark] = kinds.map((kind) => slack.list().find(({ text }) => text.includes(happenedIn("id", kind))));
  const mails = provider.state.list().filter(({ to }) => to[0] === "cto@demo.test");
  for (const line of paper("628110000000").split("\n")) {
    expect(dark!.text).toContain(line);
    expect(mails.find(({ subject }) => subject.includes("kertas"))!.text).toContain(line);
    expect(mended!.text).not.toContain(line);
    expect(mails.find(({ subject }) => !subject.includes("kertas"))!.text).not.toContain(line);
  }
});

test("a text never loses its link, however long the site's name is", () => {
  const url = `https://${"a".repeat(60)}.alfa.test`;
  const facts = { ref: "INC-2026-00001", severity: 1, cause: "ERP_DOWN" };
  const text = notificationSms("id", "OPENED", facts, url);
  expect(text.length).toBeLessThanOrEqual(160);
  expect(text.endsWith(`${url}/admin/incidents/INC-2026-00001`)).toBe(true);
});

/** Whoever waits for our sign of life. */
async function listener(): Promise<{ server: Server; url: string; pings: () => number }> {
  let pings = 0;
  const server = createServer((request, response) => {
    if (request.method === "POST") pings += 1;
    response.end("ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, pings: () => pings };
}

test("that nothing was forgotten is told to the outside each minute; a finding is silence", async () => {
  const { server, url, pings } = await listener();
  try {
    await database.one("update app.notifications set state = 'REPLACED' where state in ('PENDING', 'FAILED')");
    await auditNotifications({ queries, deadManUrl: url });
    expect(pings()).toBe(1);
    const ref = await open(2);
    await database.one(
      "update app.notifications set created_at = now() - interval '10 minutes' where state = 'PENDING'",
    );
    await auditNotifications({ queries, deadManUrl: url });
    expect(pings()).toBe(1);
    expect(
      await database.one(
        "select severity, detail ->> 'first' as first from app.incidents where cause = 'NOTIFICATIONS_BROKEN'",
      ),
    ).toEqual({ severity: 2, first: "NOTIFICATION_LATE" });
    expect((await states(ref))[0]!.state).toBe("PENDING");
  } finally {
    server.close();
  }
});

test("Indonesia's public holidays of two years are known by name; a day that is none any more goes", async () => {
  const days = new Map(holidaysOf(2026).map(({ day, id }) => [day, id]));
  expect(days.get("2026-01-01")).toMatch(/tahun baru/i);
  expect(days.get("2026-08-17")).toMatch(/Kemerdekaan/);
  expect(days.get("2026-12-25")).toMatch(/Natal/);
  // Idulfitri 1447 H.
  expect(days.get("2026-03-20") ?? days.get("2026-03-21")).toBeTruthy();
  await database.one("insert into app.holidays values ('2026-06-15', 'Bukan hari libur', 'No holiday')");
  await keepHolidays(queries, new Date("2026-11-30T00:00:00Z"));
  expect(await database.value("select count(*)::int from app.holidays where day = '2026-06-15'")).toBe(0);
  expect(
    await database.value("select count(*)::int from app.holidays where extract(year from day) in (2026, 2027)"),
  ).toBeGreaterThan(20);
  await keepHolidays(queries, new Date("2026-11-30T00:00:00Z"));
});
