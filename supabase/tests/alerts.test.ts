import { expect, test } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb } from "#tests/support/rolled-back.ts";

const key = (number: string) => `phone-owner/${number}`;

async function shadowOrder(db: TestDb, channels: string[] = ["EMAIL"]) {
  const [sku] = await plenty(db);
  await db.sql.query("select jobs.declare_channels($1)", [channels]);
  await db.sql.query("update app.shadow_alerts set state = 'SENT', sent_at = now() where state = 'PENDING'");
  if ((await db.as(people.sari, () => db.value("select private.viewer_acting()"))) === null)
    await db.actFor(people.sari, "PTR-0001");
  const number = await db.buy(people.sari, [sku, 1]);
  return { number, id: await db.value<number>("select id from app.orders where number = $1", [number]) };
}
const claim = (db: TestDb, channel = "EMAIL") =>
  db.rows<{ order_id: number; generation: number; reference: string }>("select * from jobs.claim_alerts($1, 10)", [
    channel,
  ]);
type Settled = { channel: string; generation: number; provider: string | null };
const settle = (
  db: TestDb,
  id: number,
  outcome: string,
  { channel = "EMAIL", generation = 1, provider = null }: Partial<Settled> = {},
) =>
  db.sql.query("select jobs.settle_alert($1, $2, $3, $4, $5, 'because')", [id, channel, generation, outcome, provider]);
const states = (db: TestDb, id: number) =>
  db.rows("select channel, state from app.shadow_alerts where order_id = $1 order by channel", [id]);
const openTasks = (db: TestDb, number: string) =>
  db.value<number>("select count(*)::int from app.tasks where dedup_key = $1 and done_at is null", [key(number)]);
const tries = (db: TestDb, id: number) =>
  db.value<string[]>(
    "select array_agg(channel || ' ' || outcome order by id) from app.alert_attempts where order_id = $1",
    [id],
  );
const tell = (db: TestDb, event: string, kind: string, provider: string, reference: string | null = null) =>
  db.as(null, () =>
    db.value<string>("select app.note_mail_event($1, $2, $3, now(), $4, null)", [event, kind, provider, reference]),
  );

test(
  "an SMS stands beside the e-mail exactly where somebody serves it, whatever path wrote the e-mail",
  rolledBack(async (db) => {
    const { id } = await shadowOrder(db);
    expect(await states(db, id)).toEqual([{ channel: "EMAIL", state: "PENDING" }]);
    const served = await shadowOrder(db, ["EMAIL", "SMS"]);
    expect(
      await db.rows("select channel, recipient from app.shadow_alerts where order_id = $1 order by channel", [
        served.id,
      ]),
    ).toEqual([
      { channel: "EMAIL", recipient: "budi@demo.test" },
      {
        channel: "SMS",
        recipient: await db.value("select owner_whatsapp from app.partner_contacts where partner_id = $1", [
          stores.budi,
        ]),
      },
    ]);
    await db.sql.query("select jobs.declare_channels('{EMAIL}')"); // The gateway is gone: nothing waits for it.
    expect(await states(db, served.id)).toEqual([
      { channel: "EMAIL", state: "PENDING" },
      { channel: "SMS", state: "FAILED" },
    ]);
    expect(await openTasks(db, served.number)).toBe(0);
  }),
);

test(
  "an SMS alone does not let a shadow order be committed",
  rolledBack(async (db) => {
    const { number } = await shadowOrder(db, ["EMAIL", "SMS"]);
    await db.sql.query("set constraints all immediate"); // Control: with the e-mail it stands.
    await db.sql.query("set constraints all deferred");
    await db.sql.query(
      `
    insert into app.orders (number, partner_id, placed_by, placed_by_name, acting_session_id, credit_light,
      credit_inputs, tier, market_total, total, checkout_key, cart_digest)
    select 'ORD-2026-999998', partner_id, placed_by, placed_by_name, acting_session_id, credit_light, credit_inputs,
      tier, market_total, total, gen_random_uuid(), cart_digest
      from app.orders where number = $1`,
      [number],
    );
    await db.sql.query("select private.audit('ORDER_PLACED', 'order', 'ORD-2026-999998')");
    await db.sql.query(
      `
        insert into app.shadow_alerts (order_id, channel, recipient) select id, 'SMS', '6281234567890' from app.orders
          where number = 'ORD-2026-999998'`,
    );
    await expect(db.sql.query("set constraints all immediate")).rejects.toMatchObject({
      code: "23514",
      message: expect.stringContaining("no alert"),
    });
  }),
);

test(
  "a refused e-mail makes somebody phone, once; an accepted SMS takes that back; who has phoned is not asked again",
  rolledBack(async (db) => {
    const { id, number } = await shadowOrder(db, ["EMAIL", "SMS"]);
    await claim(db);
    await claim(db, "SMS");
    await settle(db, id, "REFUSED");
    await settle(db, id, "REFUSED");
    expect(await openTasks(db, number)).toBe(1);
    await settle(db, id, "ACCEPTED", { channel: "SMS", provider: "sms-1" });
    expect(await openTasks(db, number)).toBe(0);

    const second = await shadowOrder(db);
    await claim(db);
    await settle(db, second.id, "REFUSED");
    const phoned = "select app.note_owner_phoned($1, $2)";
    for (const nobody of [people.budi, people.sari, people.auditor])
      expect(await db.stopped(nobody, phoned, [second.number, "sudah dihubungi"])).toBe("DENIED");
    expect(await db.stopped(people.admin, phoned, [second.number, "  "])).toBe("REASON_REQUIRED");
    expect(await db.stopped(people.admin, phoned, ["ORD-2026-000000", "sudah dihubungi"])).toBe("NOT_FOUND");
    // A double tap.
    for (const _ of [1, 2]) await db.as(people.admin, () => db.sql.query(phoned, [second.number, "sudah dihubungi"]));
    expect(await db.rows("select done_by, note from app.tasks where dedup_key = $1", [key(second.number)])).toEqual([
      { done_by: "ADM-001", note: "sudah dihubungi" },
    ]);
    expect(await tries(db, second.id)).toEqual(["EMAIL REFUSED", "PHONE REACHED"]);
    expect(
      await db.value("select count(*)::int from app.audit_events where action = 'OWNER_PHONED' and entity_key = $1", [
        second.number,
      ]),
    ).toBe(1);
  }),
);

test(
  "sent again it is another mail with another key, to the address as corrected, and the trail says so without it",
  rolledBack(async (db) => {
    const { id, number } = await shadowOrder(db);
    await claim(db);
    const again = "select app.resend_alert($1, 'EMAIL', $2, 'alamat salah ketik')";
    expect(await db.stopped(people.admin, again, [number, "budi@baru.test"])).toBe("STALE"); // On its way.
    await settle(db, id, "REFUSED");
    expect(await db.stopped(people.sari, again, [number, "sari@baru.test"])).toBe("DENIED");
    expect(await db.stopped(people.admin, again, [number, "no address"])).toBe("ADDRESS");
    await db.as(people.admin, () => db.sql.query(again, [number, "budi@baru.test"]));
    const [due] = await claim(db);
    expect(due).toMatchObject({ order_id: id, generation: 2, recipient: "budi@baru.test" });
    await settle(db, id, "REFUSED", { generation: 1 }); // A late answer to the mail before.
    await settle(db, id, "ACCEPTED", { generation: 2, provider: "mail-2" });
    expect(await states(db, id)).toEqual([{ channel: "EMAIL", state: "SENT" }]);
    expect(await openTasks(db, number)).toBe(0);
    const trail = await db.rows<{ action: string; text: string }>(
      `
        select action, to_jsonb(e)::text as text from app.audit_events e
          where action in ('OWNER_CONTACT_CHANGED', 'ALERT_SENT_AGAIN') and xid = pg_current_xact_id() order by id`,
    );
    expect(trail.map(({ action }) => action)).toEqual(["OWNER_CONTACT_CHANGED", "ALERT_SENT_AGAIN"]);
    expect(trail.map(({ text }) => text).join()).not.toMatch(/budi@/);
  }),
);

test(
  "a bounce turns a sent mail back, once, and in whatever order the events come",
  rolledBack(async (db) => {
    const { id, number } = await shadowOrder(db);
    await claim(db);
    await settle(db, id, "ACCEPTED", { provider: "9b2f-mail" });
    expect(await tell(db, "e1", "BOUNCED", "another-mail")).toBe("UNKNOWN");
    expect(await states(db, id)).toMatchObject([{ state: "SENT" }]);
    expect(await tell(db, "e2", "BOUNCED", "9b2f-mail")).toBe("APPLIED");
    expect(await tell(db, "e2", "BOUNCED", "9b2f-mail")).toBe("REPEATED");
    expect(await tell(db, "e3", "DELIVERED", "9b2f-mail")).toBe("APPLIED"); // Late: it came before the bounce.
    expect(await states(db, id)).toMatchObject([{ state: "BOUNCED" }]);
    expect(await openTasks(db, number)).toBe(1);
    expect(await tries(db, id)).toEqual(["EMAIL ACCEPTED", "EMAIL BOUNCED", "EMAIL DELIVERED"]);
    expect(await db.stopped(null, "select app.note_mail_event('e9', 'OPENED', 'x', now())")).toBe("BAD_INPUT");
  }),
);

test(
  "an event may be faster than the answer: it is kept, and a mail whose answer never came is known by its reference",
  rolledBack(async (db) => {
    const early = await shadowOrder(db);
    await claim(db);
    expect(await tell(db, "e1", "BOUNCED", "early-mail")).toBe("UNKNOWN");
    await settle(db, early.id, "ACCEPTED", { provider: "early-mail" });
    expect(await states(db, early.id)).toMatchObject([{ state: "BOUNCED" }]);

    const lost = await shadowOrder(db);
    const [due] = await claim(db);
    await settle(db, lost.id, "AMBIGUOUS");
    expect(await tell(db, "e2", "SENT", "lost-mail", due!.reference)).toBe("APPLIED");
    await db.sql.query("update app.shadow_alerts set next_attempt_at = now() - interval '1 day' where order_id = $1", [
      lost.id,
    ]);
    expect(await claim(db)).toEqual([]); // The webhook said that it was accepted: nothing to send, nobody to phone.
    expect(await db.rows("select state, provider_id from app.shadow_alerts where order_id = $1", [lost.id])).toEqual([
      { state: "SENT", provider_id: "lost-mail" },
    ]);
    expect(await openTasks(db, lost.number)).toBe(0);
  }),
);

test(
  "what a provider says is kept without addresses and numbers",
  rolledBack(async (db) => {
    expect(await db.value("select private.without_addresses('550 <budi@demo.test> unknown, +62 812-3456-7890')")).toBe(
      "550 <…@…> unknown, …",
    );
  }),
);
