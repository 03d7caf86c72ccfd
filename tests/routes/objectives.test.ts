import { expect, test } from "vitest";
import { messages } from "#app/words.ts";
import { gateAt, mayDeploy } from "#app/vitals/objective.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { pageFor, servedApp } from "#tests/support/site.ts";
import { wordsOf } from "./support/walk.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

const { owner, persons } = signedIn("admin", "auditor", "budi");
const site = servedApp();
const slots = (objective: string, total: number, bad: number) =>
  owner.query(
    `insert into app.objective_slots values ($1, private.slot_of(now()), $2, $3)
      on conflict (objective, slot) do update set total = excluded.total, bad = excluded.bad`,
    [objective, total, bad],
  );
const read = async (lang: "id" | "en" = "en") =>
  wordsOf(await pageFor(site, persons.auditor, "/admin/slo", lang)).replace(/\s+/g, " ");

test("what may be deployed: half used nothing uncritical, four fifths work on reliability only", () => {
  const uncritical = { critical: false, reliability: false };
  const [critical, reliability] = [
    { ...uncritical, critical: true },
    { ...uncritical, reliability: true },
  ];
  const allowed = (used: number) => [uncritical, critical, reliability].map((one) => mayDeploy(gateAt(used), one));
  expect([0, 0.4999, 0.5, 0.7999, 0.8, 3].map(allowed)).toEqual([
    [true, true, true],
    [true, true, true],
    [false, true, true],
    [false, true, true],
    [false, false, true],
    [false, false, true],
  ]);
});

test("staff reads what is left of each promise and what may be deployed; an unmeasured one is never kept", async () => {
  await owner.query("delete from app.objective_slots");
  const t = messages("en").vitals.objectives;
  const empty = await read();
  expect(empty).toContain(t.uncounted);
  expect(empty).toContain(t.gates.OPEN);
  expect(empty).not.toContain(` ${t.states.KEPT} `);
  expect(empty.split(t.states.NONE).length - 1).toBe(2);
  expect(empty).toContain("Sign-in: within 300 ms");

  await slots("answers", 100_000, 60);
  await slots("login-p95", 1_000, 10);
  await owner.query("update private.objective_counts set counted_at = now()");
  const half = await read();
  expect(half).toContain("60 bad of 100,000");
  expect(half).toContain(t.gates.CRITICAL_ONLY);
  expect(half).toContain("Used furthest: Pages without an error of ours (5xx), 60%.");
  expect(half).toMatch(/40% kept/);
  expect(half).toMatch(/Pages without an error of ours \(5xx\) 1 hour and 5 minutes \(SEV-2\) 0\.6 14\.4/);
  await slots("answers", 100_000, 200);
  expect(await read()).toContain(t.gates.RELIABILITY_ONLY);
  expect(await read("id")).toContain(messages("id").vitals.objectives.states.BROKEN);
});

test("the sheet leaves as OpenSLO: what can be measured, its target, and the rules by which it burns", async () => {
  const get = async (who: keyof typeof persons) =>
    ask(site.origin, "/admin/slo/openslo.yaml", { headers: { cookie: await cookieOf(persons[who]) } });
  expect((await get("budi")).status).toBe(403);
  const text = await (await get("admin")).text();
  const documents = text
    .split(/^---\n/m)
    .filter(Boolean)
    .map((one) => JSON.parse(one) as { apiVersion: string; kind: string; metadata: { name: string }; spec: Spec });
  type Spec = { objectives?: Array<{ target: number }>; condition?: { threshold: number } };
  expect(new Set(documents.map(({ apiVersion }) => apiVersion))).toEqual(new Set(["openslo/v1"]));
  const slos = documents
    .filter(({ kind }) => kind === "SLO")
    .map(({ metadata, spec }) => [metadata.name, spec.objectives![0]!.target]);
  const { rows } = await owner.query<[string, number]>({
    text: "select name, target::float8 from app.objectives where kind <> 'NONE' order by position",
    rowMode: "array",
  });
  expect(slos).toEqual(rows);
  const rules = documents
    .filter(({ kind }) => kind === "AlertCondition")
    .map(({ metadata, spec }) => [metadata.name, spec.condition!.threshold]);
  const detectors = await owner.query<[string, number]>({
    text: "select name, threshold::float8 from app.detectors where cause = 'BUDGET_BURNING' order by position",
    rowMode: "array",
  });
  expect(rules).toEqual(detectors.rows);
});
