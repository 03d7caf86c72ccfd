import { expect, test } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";

const choose = "select app.choose_language($1)";
const languageOf = (db: TestDb, who: string) => db.value("select language from app.accounts where id = $1", [who]);

test(
  "whoever is signed in chooses the language of his own mails, and of nobody else's",
  rolledBack(async (db) => {
    await db.as(people.budi, () => db.sql.query(choose, ["en"]));
    expect([await languageOf(db, people.budi), await languageOf(db, people.maya)]).toEqual(["en", "id"]);
    expect(await db.as(people.budi, () => db.value("select app.viewer_context() #>> '{account,language}'"))).toBe("en");
    for (const lang of ["xx", "", null]) expect(await db.stopped(people.budi, choose, [lang])).toBe("BAD_INPUT");
    expect(await db.stopped(null, choose, ["en"])).toBe("42501");
    expect(await db.stopped(people.budi, choose, ["id"], crypto.randomUUID()), "a login that has ended").toBe("28000");
  }),
);

test(
  "a salesman who acts as a store chooses for himself; the store's mails stay in its owner's language",
  rolledBack(async (db) => {
    await db.actFor(people.sari, "PTR-0001");
    await db.as(people.sari, () => db.sql.query(choose, ["en"]));
    expect([await languageOf(db, people.sari), await languageOf(db, people.budi)]).toEqual(["en", "id"]);
  }),
);

test(
  "mails to owners and to staff are written in the language of their reader",
  rolledBack(async (db) => {
    await db.sql.query("update app.accounts set language = 'en' where id = any ($1)", [[people.budi, people.admin2]]);
    await db.sql.query("select private.notify_owner($1, 'DISPUTE_RECEIVED', 'lang/1', '{}')", [stores.budi]);
    await db.sql.query("select private.notify_owner($1, 'DISPUTE_RECEIVED', 'lang/2', '{}')", [stores.maya]);
    await db.sql.query("select private.notify_role('ADMIN', 'DISPUTE_RAISED', 'lang/3', '{}')");
    expect(
      await db.rows("select dedup_key as key, language from app.mails where dedup_key like 'lang/%' order by 1"),
    ).toEqual([
      { key: "lang/1", language: "en" },
      { key: "lang/2", language: "id" },
      { key: "lang/3/ADM-001", language: "id" },
      { key: "lang/3/ADM-002", language: "en" },
    ]);
  }),
);
