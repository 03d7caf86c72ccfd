import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb } from "#tests/support/rolled-back.ts";

// What a page always gives, SQL as `web` may leave out. Where nothing is no answer, a command says so in a code of
// ours, as it does for any other wrong value; it is not found out by a column three functions further on, whose error
// quotes the whole row.

type Command = { name: string; args: Array<{ name: string; type: string }> };

const commands = (db: TestDb) =>
  db.rows<Command>(`
  select p.proname as name,
    coalesce((select jsonb_agg(jsonb_build_object('name', a.name, 'type', format_type(a.type, null)) order by a.n)
           from unnest(p.proargnames[1:p.pronargs], p.proargtypes::oid[]) with ordinality a (name, type, n)),
             '[]') as args
    from pg_proc p
   where p.pronamespace = 'app'::regnamespace and p.prokind = 'f' and p.prorettype <> 'trigger'::regtype
     and p.pronargs > 0
     and (has_function_privilege('authenticated', p.oid, 'execute') or has_function_privilege('anon', p.oid, 'execute'))
   order by 1`);

/** Values with which a command gets far: some of the data of the tests, whatever it is asked for. */
async function likely(db: TestDb, number: string): Promise<Record<string, unknown[]>> {
  const some = (text: string) => db.rows<{ v: unknown }>(text).then((rows) => rows.map(({ v }) => v));
  return {
    p_number: [number],
    p_code: ["PTR-0001", "SLS-001"],
    p_ref: [
      ...(await some("select ref as v from app.incidents where state <> 'CLOSED' limit 1")),
      ...(await some("select ref as v from app.evidence_exports limit 1")),
    ],
    p_sku: ["ALF-0001"],
    p_quantity: [2],
    p_mode: ["set"],
    p_status: ["PROCESSING"],
    "p_status integer": [403],
    p_key: ["acting.minutes"],
    "p_key uuid": [crypto.randomUUID()],
    p_value: ["60"],
    p_preorder: [true],
    p_note: ["uji coba kosong"],
    p_reason: ["uji coba kosong"],
    p_decision: ["NO_ACTION", "NO_ABUSE"],
    p_outcome: ["APPROVED", "MISTAKE"],
    p_kind: ["DELIVERED"],
    p_event: ["evt-1"],
    p_language: ["id"],
    p_allowed: [true],
    p_cap: [5_000_000],
    p_email: ["budi@demo.test"],
    p_address: ["127.0.0.1"],
    p_limit: [10],
    p_channel: ["EMAIL"],
    p_resolution: ["RETRY"],
    p_page: ["/orders"],
    p_release: [true],
    p_items: ["{}"],
    p_shown: [null],
  };
}

test.each(["admin", "budi", "sari", "guest"] as const)(
  "whatever %s leaves out of a command, the answer is one of ours",
  (who) =>
    rolledBack(async (db) => {
      const [sku] = await plenty(db);
      const number = await db.buy(people.budi, [sku, 1]);
      await db.fill(people.budi, [sku, 1]);
      if (who === "sari") await db.actFor(people.sari, "PTR-0001");
      const values = await likely(db, number);
      const wrong: string[] = [];
      let tried = 0,
        refused = 0;
      for (const { name, args } of await commands(db)) {
        const given = args.map(({ name: arg, type }) => values[`${arg} ${type}`] ?? values[arg] ?? [null]);
        // Each argument left out once, beside each likely value of the first; and all of them.
        const calls: unknown[][] = [args.map(() => null)];
        for (const first of given[0]!)
          for (const without of args.keys())
            for (const turn of [0, 1])
              calls.push(
                args.map((_, i) => (i === without ? null : i === 0 ? first : (given[i]![turn] ?? given[i]![0]!))),
              );
        for (const call of calls) {
          const code = await db.stopped(
            who === "guest" ? null : people[who],
            `select app.${name}(${args.map(({ name: arg, type }, i) => `${arg} => $${i + 1}::${type}`).join(", ")})`,
            call,
          );
          tried += 1;
          if (code) refused += 1;
          if (code && !/^([A-Z_]+|28000|42501)$/.test(code))
            wrong.push(`${name}(${call.map(String).join(", ")}): ${code}`);
        }
      }
      expect(wrong).toEqual([]);
      // Both happened, or nothing was tried.
      expect(refused).toBeGreaterThan(50);
      expect(tried - refused).toBeGreaterThan(10);
    })(),
);

test(
  "a refusal without a status is none, and stands in no trail",
  rolledBack(async (db) => {
    expect(await db.stopped(people.budi, "select app.note_refusal(null, 'orders', 'ORD-2026-999999')", [])).toBe(
      "BAD_INPUT",
    );
    expect(await db.stopped(people.budi, "select app.note_refusal(404, 'orders', 'ORD-2026-999999')", [])).toBeNull();
  }),
);
