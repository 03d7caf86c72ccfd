import { expect, test } from "vitest";
import { abuseInputs } from "#app/abuse/abuse.ts";
import { people, stores } from "#tests/support/cast.ts";
import { beat } from "./detection-support.ts";

test(
  "a hit keeps the threshold that staff had set, and another threshold decides otherwise",
  beat(async (b) => {
    await b.setting("same_basket_stores", 2);
    await b.order({ store: 0, quantity: 7 });
    await b.order({ store: 1, minute: 60, quantity: 7 });
    const [hit] = await b.inspectAll();
    expect(hit).toMatchObject({ rule: "SAME_BASKET", inputs: { stores: 2, limit: 2 } });
    await b.setting("same_basket_stores", 3);
    await b.order({ store: 2, minute: 120, quantity: 9 });
    await b.order({ store: 3, minute: 130, quantity: 9 });
    expect(await b.inspectAll()).toEqual([]);
  }),
);

test(
  "inspecting again adds nothing",
  beat(async (b) => {
    const order = await b.order({ store: 0, assigned: false, verdict: "IMPLAUSIBLE" });
    expect(await b.inspect(order)).toHaveLength(2);
    const at = await b.db.value<Date>("select inspected_at from app.shadow_traces where order_id = $1", [order]);
    expect(await b.db.value("select jobs.inspect_order($1)", [order])).toBe(0);
    expect(await b.db.value("select count(*)::int from app.abuse_hits where order_id = $1", [order])).toBe(2);
    expect(await b.db.value("select inspected_at from app.shadow_traces where order_id = $1", [order])).toEqual(at);
  }),
);

test(
  "the pages have words for every rule",
  beat(async (b) => {
    const rules = await b.db.rows<{ rule: string }>("select rule from app.abuse_rules order by rule");
    expect(rules.map(({ rule }) => rule)).toEqual(Object.keys(abuseInputs).sort());
  }),
);

test(
  "rules are added and never edited, hits neither",
  beat(async (b) => {
    await b.inspect(await b.order({ store: 0, assigned: false }));
    for (const attempt of [
      "update app.abuse_rules set weight = 1",
      "delete from app.abuse_rules",
      "truncate app.abuse_rules",
      "update app.abuse_hits set weight = 1",
      "delete from app.abuse_hits",
    ]) {
      expect(await b.refused(attempt), attempt).toBe("DENIED");
    }
  }),
);

test(
  "a newer version of the rules weighs what comes after it; what was found before keeps its own",
  beat(async (b) => {
    await b.inspect(await b.order({ store: 0, assigned: false }));
    await b.db.sql
      .query(`insert into app.abuse_rules (version, rule, weight, geographic, decides, counts_for, parameters)
    select 2, rule, weight + 5, geographic, decides, counts_for, parameters from app.abuse_rules
      where version = 1`);
    await b.inspect(await b.order({ store: 0, verdict: "IMPLAUSIBLE", minute: 5 }));
    expect(
      await b.db.rows("select rule, rule_version, weight from app.abuse_hits where salesman_id = $1 order by id", [
        people.sari,
      ]),
    ).toEqual([
      { rule: "OUTSIDE_ASSIGNMENT", rule_version: 1, weight: 25 },
      { rule: "IMPLAUSIBLE_TRAVEL", rule_version: 2, weight: 20 },
    ]);
    expect(await b.score(5)).toMatchObject({ score: 45, version: 2 });
  }),
);

test(
  "an owner who takes back «Bukan saya» takes it off the score",
  beat(async (b) => {
    const order = await b.order({ store: 0 });
    await b.db.sql.query(
      "insert into app.disputes (order_id, partner_id, salesman_id, via, was_held) values ($1, $2, $3, 'LINK', true)",
      [order, stores.budi, people.sari],
    );
    await b.db.value("select jobs.sweep_abuse()");
    expect(await b.scoreNow()).toMatchObject({ score: 30, rules: [{ rule: "OWNER_DISPUTED", weight: 30, hits: 1 }] });
    await b.db.sql.query(
      "update app.disputes set outcome = 'MISTAKE', resolved_at = now(), resolved_by = 'ADM-001' where order_id = $1",
      [order],
    );
    expect(await b.scoreNow()).toMatchObject({ score: 0, rules: [] });
  }),
);
