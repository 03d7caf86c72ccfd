import { expect, test } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";
import { strayShapes } from "./trail.ts";

const ways: Record<string, { who: string | null; end: (db: TestDb) => Promise<unknown> }> = {
  BY_HAND: { who: "SLS-001", end: (db) => db.as(people.sari, () => db.rows("select app.end_acting()")) },
  SIGNED_OUT: { who: "SLS-001", end: (db) => db.as(people.sari, () => db.rows("select app.note_sign_out()")) },
  SUSPENDED: {
    who: null,
    end: (db) => db.as(people.admin, () => db.rows("select app.suspend_account('SLS-001', 'dicoba oleh kantor')")),
  },
  SWITCHED_OFF: {
    who: "PTR-0001",
    end: (db) => db.as(people.budi, () => db.rows("select app.set_shadow_consent(false, null)")),
  },
  EXPIRED: {
    who: "SLS-001",
    end: async (db) => {
      await db.rows(
        `
          update app.acting_sessions set started_at = now() - interval '2 hours',
            expires_at = now() - interval '1 hour' where salesman_id = $1 and ended_at is null`,
        [people.sari],
      );
      await db.actFor(people.sari, "PTR-0001");
    },
  },
};

test.each(Object.entries(ways))(
  "an acting session that ends %s is a line of the trail with its session and both people",
  (reason, { who, end }) =>
    rolledBack(async (db) => {
      await db.actFor(people.sari, "PTR-0001");
      const session = await db.value<string>(
        "select id from app.acting_sessions where salesman_id = $1 and ended_at is null",
        [people.sari],
      );
      await end(db);
      const [row, ...more] = await db.rows<Record<string, unknown>>(
        "select * from app.audit_events where action = 'ACTING_ENDED' and acting_session_id = $1",
        [session],
      );
      expect(more).toEqual([]);
      expect(row).toMatchObject({
        acting_session_id: session,
        partner_id: stores.budi,
        target_code: "PTR-0001",
        entity: "account",
        entity_key: "SLS-001",
        detail: { reason },
      });
      if (who) expect(row!.actor_code).toBe(who);
      // The worker's line names the salesman as the agent, whoever ended it: see jobs.acts_to_log.
      expect(
        await db.rows(
          `select a.code from app.acting_sessions c join app.accounts a on a.id = c.salesman_id where c.id = $1`,
          [session],
        ),
      ).toEqual([{ code: "SLS-001" }]);
    })(),
);

test(
  "the worker's line of an end names the salesman and the store, also when staff ended it",
  rolledBack(async (db) => {
    await db.actFor(people.sari, "PTR-0001");
    await ways.SUSPENDED!.end(db);
    await db.rows("update audit.watch set logged_batch = (select coalesce(max(batch), 0) from audit.seals)");
    const event = (
      await db.rows<{ id: number; at: string }>(
        "select id, at::text from app.audit_events where action = 'ACTING_ENDED' order by id desc limit 1",
      )
    )[0]!;
    await db.rows(
      `insert into audit.links select coalesce(max(seq), 0) + 1, $1, $2, sha256(''), sha256('') from audit.links`,
      [event.id, event.at],
    );
    await db.rows(
      `
        insert into audit.seals (batch, first_seq, last_seq, previous, head, drained)
          select (select coalesce(max(batch), 0) + 1 from audit.seals), max(seq), max(seq), sha256(''), sha256(''),
          true from audit.links`,
    );
    expect(await db.rows("select agent, partner, action from jobs.acts_to_log(10) where agent is not null")).toEqual([
      { agent: "SLS-001", partner: "PTR-0001", action: "ACTING_ENDED" },
    ]);
  }),
);

test(
  "the invented past of the demo data has rows of the shapes that the functions write, each kind of act among them",
  rolledBack(async (db) => {
    const { stray, found } = await strayShapes(db);
    expect(stray).toEqual([]);
    expect(found).toBeGreaterThan(12);
  }),
);

test(
  "one key too many in that past would be seen, and one too few",
  rolledBack(async (db) => {
    await db.rows("alter table app.audit_events disable trigger _010_append_only");
    await db.rows(
      `
        update app.audit_events set detail = detail || '{"colour": 1}' where id = (select min(id) from app.audit_events
          where action = 'ORDER_PLACED')`,
    );
    await db.rows(
      `
        update app.order_events set detail = '{}' where id = (select min(id) from app.order_events
          where kind = 'PLACED')`,
    );
    expect((await strayShapes(db)).stray).toEqual([
      expect.stringMatching(/^audit_events ORDER_PLACED .*colour/),
      "order_events PLACED",
    ]);
  }),
);
