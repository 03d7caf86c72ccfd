import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";

type Fact = { code: string; whatsapp: string | null; last_acting: Date | null; last_order: Date | null };
const facts = (db: TestDb, who: string, codes: string[] | null = null) =>
  db.as(who, () => db.rows<Fact>("select * from app.client_facts($1) order by code", [codes]));
const rooms = (db: TestDb, who: string, codes: string[] | null = null) =>
  db.as(who, () =>
    db.rows<{ code: string; room: number }>("select * from app.client_rooms($1) order by code", [codes]),
  );
const assigned = (db: TestDb, who: string) =>
  db.rows<{ code: string; whatsapp: string }>(
    `select p.code, c.owner_whatsapp as whatsapp from app.assignments g join app.partners p on p.id = g.partner_id
       join app.partner_contacts c on c.partner_id = p.id where g.salesman_id = $1 order by p.code`,
    [who],
  );

test(
  "a salesman reads number and room of his own stores, and of no other, also when he asks by code",
  rolledBack(async (db) => {
    for (const who of [people.sari, people.agus]) {
      const own = await assigned(db, who);
      expect(own.length).toBeGreaterThan(1);
      expect((await facts(db, who)).map(({ code, whatsapp }) => ({ code, whatsapp }))).toEqual(own);
      expect((await rooms(db, who)).map(({ code }) => code)).toEqual(own.map(({ code }) => code));
    }
    const theirs = ["PTR-0001", "PTR-0002"]; // Sari's, and Agus' and not hers.
    expect((await facts(db, people.sari, theirs)).map(({ code }) => code)).toEqual(["PTR-0001"]);
    expect((await rooms(db, people.sari, theirs)).map(({ code }) => code)).toEqual(["PTR-0001"]);
    expect(await facts(db, people.agus, ["PTR-0002"]), "it is there to be read").toHaveLength(1);
    await db.actFor(people.sari, "PTR-0001");
    expect(await facts(db, people.sari, ["PTR-0002"])).toEqual([]);
    // What he could have read goes with the assignment.
    await db.sql.query("delete from app.assignments where salesman_id = $1", [people.sari]);
    expect([await facts(db, people.sari), await rooms(db, people.sari)]).toEqual([[], []]);
  }),
);

test(
  "nobody but a salesman has clients, and the table of contacts stays closed to him",
  rolledBack(async (db) => {
    for (const who of [people.budi, people.maya, people.admin, people.auditor])
      expect([await facts(db, who), await rooms(db, who)]).toEqual([[], []]);
    const contacts = (who: string) => db.as(who, () => db.rows("select * from app.partner_contacts"));
    expect(await contacts(people.sari)).toEqual([]);
    expect(await contacts(people.budi), "its owner").toHaveLength(1);
  }),
);

test(
  "who is suspended, or whose login is over, is told of no client",
  rolledBack(async (db) => {
    const session = await db.login(people.sari);
    const answers = async () => [
      await db.stopped(people.sari, "select * from app.client_facts()"),
      await db.stopped(people.sari, "select * from app.client_rooms()"),
    ];
    const ends = {
      suspended: ["update app.accounts set status = 'SUSPENDED' where id = $1", people.sari],
      expired: ["update auth.sessions set not_after = now() - interval '1 second' where id = $1", session],
      dead: ["delete from auth.sessions where id = $1", session],
    };
    for (const [how, [end, whose]] of Object.entries(ends)) {
      expect(await answers(), `before: ${how}`).toEqual([null, null]);
      await db.rows("savepoint before");
      await db.rows(end!, [whose]);
      expect(await answers(), how).toEqual(["28000", "28000"]);
      await db.rows("rollback to savepoint before");
    }
  }),
);

test(
  "the number of a suspended store is not told, though the store stays in the list; and again when it is let in",
  rolledBack(async (db) => {
    const own = await assigned(db, people.sari);
    const numbers = async () => (await facts(db, people.sari)).map(({ code, whatsapp }) => ({ code, whatsapp }));
    const set = (status: string) => db.rows("update app.accounts set status = $1 where id = $2", [status, people.budi]);
    await set("SUSPENDED");
    expect(own.find(({ code }) => code === "PTR-0001")!.whatsapp, "it is there to be read").toMatch(/^\+?62/);
    expect(await numbers()).toEqual(
      own.map((store) => (store.code === "PTR-0001" ? { ...store, whatsapp: null } : store)),
    );
    expect((await rooms(db, people.sari)).map(({ code }) => code)).toContain("PTR-0001");
    await set("ACTIVE");
    expect(await numbers()).toEqual(own);
  }),
);

test(
  "the room is what the store itself would be told; last order and last session are its newest",
  rolledBack(async (db) => {
    const room = await db.as(people.budi, () => db.value<number>("select (app.viewer_credit() ->> 'room')::bigint"));
    expect(await rooms(db, people.sari, ["PTR-0001"])).toEqual([{ code: "PTR-0001", room }]);
    await db.actFor(people.sari, "PTR-0001");
    const [fact] = await facts(db, people.sari, ["PTR-0001"]);
    expect(fact!.last_acting).toEqual(await db.value("select now()"));
    expect(fact!.last_order).toEqual(
      await db.value(
        `select max(o.created_at) from app.orders o join app.partners p on p.id = o.partner_id
          where p.code = 'PTR-0001'`,
      ),
    );
  }),
);
