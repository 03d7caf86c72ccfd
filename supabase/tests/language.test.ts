import { expect, test } from "vitest";
import { onStage, people, stores, type Stage } from "./support.ts";

const choose = "select app.choose_language($1)";
const languageOf = (stage: Stage, who: string) => stage.value("select language from app.accounts where id = $1", [who]);

test(
  "whoever is signed in chooses the language of his own letters, and of nobody else's",
  onStage(async (stage) => {
    await stage.as(people.budi, () => stage.sql.query(choose, ["en"]));
    expect([await languageOf(stage, people.budi), await languageOf(stage, people.maya)]).toEqual(["en", "id"]);
    expect(await stage.as(people.budi, () => stage.value("select app.viewer_context() #>> '{account,language}'"))).toBe(
      "en",
    );
    for (const lang of ["xx", "", null]) expect(await stage.stopped(people.budi, choose, [lang])).toBe("BAD_INPUT");
    expect(await stage.stopped(null, choose, ["en"])).toBe("42501");
    expect(await stage.stopped(people.budi, choose, ["id"], crypto.randomUUID()), "a login that has ended").toBe(
      "28000",
    );
  }),
);

test(
  "a salesman who acts as a store chooses for himself; the store's letters stay in its owner's language",
  onStage(async (stage) => {
    await stage.actFor(people.sari, "PTR-0001");
    await stage.as(people.sari, () => stage.sql.query(choose, ["en"]));
    expect([await languageOf(stage, people.sari), await languageOf(stage, people.budi)]).toEqual(["en", "id"]);
  }),
);

test(
  "letters to owners and to the office are written in the language of their reader",
  onStage(async (stage) => {
    await stage.sql.query("update app.accounts set language = 'en' where id = any ($1)", [
      [people.budi, people.admin2],
    ]);
    await stage.sql.query("select private.notify_owner($1, 'DISPUTE_RECEIVED', 'lang/1', '{}')", [stores.budi]);
    await stage.sql.query("select private.notify_owner($1, 'DISPUTE_RECEIVED', 'lang/2', '{}')", [stores.maya]);
    await stage.sql.query("select private.notify_role('ADMIN', 'DISPUTE_RAISED', 'lang/3', '{}')");
    expect(
      await stage.rows("select dedup_key as key, language from app.notices where dedup_key like 'lang/%' order by 1"),
    ).toEqual([
      { key: "lang/1", language: "en" },
      { key: "lang/2", language: "id" },
      { key: "lang/3/ADM-001", language: "id" },
      { key: "lang/3/ADM-002", language: "en" },
    ]);
  }),
);
