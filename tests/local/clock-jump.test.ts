import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { faketimeLibrary, MovableClock } from "#supabase/local/clock.ts";
import { type ThrowAwayDatabase, throwAwayDatabase } from "#supabase/local/throw-away-database.ts";
import { connect } from "#tests/support/database.ts";

// A real Postgres whose clock is set an hour ahead and back again, under incidents whose time runs. What the worker
// does every few seconds is done here by hand; true time hardly passes.

const minute = 60_000;
const hour = 60 * minute;
const began = Date.parse("2026-11-30T10:00:00+07:00"); // A Monday: whatever waits for working time has it.
let clock: MovableClock;
let database: ThrowAwayDatabase;
let owner: pg.Client;
/** What the worker's process was told of the time, and how much has truly passed since, as far as it knows. */
let last: string | null = null;

beforeAll(async () => {
  if (!faketimeLibrary()) return;
  clock = new MovableClock(began);
  const template = await throwAwayDatabase().then(({ keep }) => keep());
  database = await throwAwayDatabase({ template, clock: clock.settings });
  owner = await connect(database.adminUrl);
  await owner.query("select jobs.declare_notification_channels('{SLACK,MAIL}')");
}, 120_000);
afterAll(async () => {
  await owner?.end();
  await database?.remove();
  clock?.remove();
});

const rows = async <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) =>
  (await owner.query<Row>(sql, values)).rows;

/** One look of the worker, after so long by its own clock: timers ring, what is due is sent. What was sent. */
async function look(passed: number): Promise<string[]> {
  last = (
    await rows<{ at: string }>("select jobs.look_at_detectors($1, $2)::text as at", [last, last && passed / 1_000])
  )[0]!.at;
  await rows("select jobs.ring_timers(500)");
  const sent: string[] = [];
  for (const channel of ["SLACK", "MAIL"])
    for (const { id, ticket, kind, facts } of await rows<{
      id: string;
      ticket: string;
      kind: string;
      facts: { cause: string };
    }>("select id, ticket, kind, facts from jobs.claim_notifications($1, 500)", [channel])) {
      sent.push(`${channel} ${kind} ${facts.cause}`);
      await rows("select jobs.settle_notification($1, $2, 'ACCEPTED', null, null)", [id, ticket]);
    }
  for (const { id, kind } of await rows<{ id: string; kind: string }>("select id, kind from jobs.claim_mails(500)")) {
    sent.push(`OUTBOX ${kind}`);
    await rows("select jobs.settle_mail($1, 'ACCEPTED', 'x', null)", [id]);
  }
  return sent;
}
/** Time goes on, as it does. */
async function goOn(to: number, from: number) {
  clock.set(to);
  return look(to - from);
}
const open = (severity: number, cause: string, key: string) =>
  rows("select private.open_incident($1, $2, $3, null)", [severity, cause, key]);
const lead = (key: string) =>
  rows("select app.submit_lead($1, $2, 'id')", [
    {
      business_name: "Salon Rahayu",
      contact_name: "Ibu Rahayu",
      phone_whatsapp: "6281234567890",
      city: "Bandung",
      salon_type: "SALON",
    },
    key,
  ]);

test.skipIf(!faketimeLibrary())(
  "an hour ahead and back: each timer rings once, what waits goes out, and the jumps are one SEV-3",
  async () => {
    await look(0);
    await goOn(began + 10_000, began);
    await open(1, "DATABASE_DOWN", "database-down");
    await open(2, "WEB_DOWN", "web-down");
    await open(3, "REPORTED", "report/1");
    await lead("clock/first");
    expect(await goOn(began + 20_000, began + 10_000)).toEqual(
      expect.arrayContaining(["SLACK OPENED DATABASE_DOWN", "SLACK OPENED WEB_DOWN", "OUTBOX LEAD_RECEIVED"]),
    );

    clock.set(began + hour + 30_000);
    expect(await look(10_000)).toEqual(expect.arrayContaining(["SLACK OPENED CLOCK_JUMPED"]));
    await open(2, "WORKER_SILENT", "worker-silent");
    expect(await goOn(began + hour + 35_000, began + hour + 30_000)).toContain("SLACK OPENED WORKER_SILENT");
    // Written while it is ahead, and not sent before it is set back.
    await open(1, "SITE_DOWN", "site-down");
    await lead("clock/second");
    const tries = () => rows<{ wait: number }>("select private.count_try('clock', 2) as wait");
    for (let n = 0; n < 2; n += 1) expect(await tries()).toEqual([{ wait: 0 }]);
    expect((await tries())[0]!.wait, "control: who tries too often waits").toBeGreaterThan(0);
    clock.set(began + 40_000);
    expect([...(await look(10_000)), ...(await goOn(began + 50_000, began + 40_000))]).toEqual(
      expect.arrayContaining(["SLACK OPENED SITE_DOWN", "OUTBOX LEAD_RECEIVED"]),
    );
    expect(await tries(), "nobody waits an hour more").toEqual([{ wait: 0 }]);
    // Of one cause people are told again after half an hour, and not after an hour and a half.
    await rows("select private.resolve_incident('worker-silent')");
    let at = began + 35 * minute;
    await goOn(at, began + 50_000);
    await open(2, "WORKER_SILENT", "worker-silent");
    expect(await look(10_000)).toContain("SLACK REOPENED WORKER_SILENT");
    const steps = [60, 61, 62, 75, 76, 180, 240, 241, 301, 302, 1_440, 1_500, 2_880, 5_760].map(
      (after) => began + after * minute,
    );
    for (const step of steps) {
      await goOn(step, at);
      at = step;
      await look(10_000);
    }

    // Four days later everything that nobody answered has rung, once.
    expect(
      await rows(
        "select kind, about from app.timers where fired_at is null and num_nulls(met_at, void_at) = 2 " +
          "and rings_at < now()",
      ),
    ).toEqual([]);
    expect(
      await rows(
        `select t.kind, t.about, count(e) from app.timers t left join app.incident_events e
             on e.incident_id = t.incident_id and (t.kind = 'ESCALATE' and e.kind = 'ESCALATED'
               and (e.detail ->> 'step')::integer = t.step or t.kind in ('RESPOND', 'MEND', 'BLACKOUT')
               and e.kind = 'BREACHED' and e.detail ->> 'kind' = t.kind)
          where t.fired_at is not null and t.incident_id is not null
          group by t.id having count(e) <> 1`,
      ),
    ).toEqual([]);
    const rang = await rows<{ kind: string; n: number }>(
      "select kind, count(*)::int as n from app.timers where fired_at is not null group by kind order by kind",
    );
    expect(
      rang.map(({ kind }) => kind),
      "control: they do ring",
    ).toEqual(expect.arrayContaining(["BLACKOUT", "ESCALATE", "LEAD", "MEND", "RESPOND"]));
    expect(await rows("select severity, repeats > 0 as again from app.incidents where cause = 'CLOCK_JUMPED'")).toEqual(
      [{ severity: 3, again: expect.any(Boolean) }],
    );
    expect(await rows("select from jobs.audit_notifications()")).toEqual([]);
  },
  120_000,
);
