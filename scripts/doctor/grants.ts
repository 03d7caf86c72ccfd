import type pg from "pg";
import type { Step } from "#supabase/local/schema.ts";
import { bad, type Finding, ok } from "./finding.ts";

// service_role is the platform's, and passes every policy by: nothing of ours is for it.
const roles = ["anon", "authenticated", "web", "worker", "service_role"] as const;

/** Who may call which function, as the schema says: «app.submit_lead anon». The last word on each counts. */
export function grantedBy(steps: Step[]): Set<string> {
  const granted = new Set<string>();
  for (const { sql } of steps) {
    const statements = sql
      .replace(/--[^\n]*/g, "")
      .matchAll(/\b(grant|revoke) execute on function ([\w.]+)(?:\s*\([^)]*\))?\s+(?:to|from) ([a-z_, ]+);/g);
    for (const [, act, name, who] of statements)
      for (const role of who!.split(",").map((one) => one.trim()))
        if (act === "grant") granted.add(`${name} ${role}`);
        else granted.delete(`${name} ${role}`);
  }
  return granted;
}

/** Which tables guests may read, as the schema says: «app.brands anon». */
function readByGuests(steps: Step[]): Set<string> {
  const grants = steps.flatMap(({ sql }) => [...sql.matchAll(/\bgrant select on ([\w.]+) to ([a-z_, ]+);/g)]);
  return new Set(grants.flatMap(([, name, who]) => (/\banon\b/.test(who!) ? [`${name} anon`] : [])));
}

const callable = `
  select distinct n.nspname || '.' || p.proname || ' ' || r.role as may
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace cross join unnest($1::text[]) r(role)
   where n.nspname in ('app', 'private', 'jobs', 'audit') and to_regrole(r.role) is not null
     and has_function_privilege(r.role, p.oid, 'execute')`;

// Who may change rows of ours past the commands, or a column of them; who reads what is not for him; and who sees none
// of a table that a policy lets him see.
const tables = `
  select c.oid::regclass || ' ' || r.role as may, w.power
    from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join unnest($1::text[]) r(role)
   cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate']) w(power)
   where n.nspname in ('app', 'private', 'jobs', 'audit') and c.relkind in ('r', 'p', 'v', 'm')
     and to_regrole(r.role) is not null and c.relowner <> to_regrole(r.role)
     and not (w.power = 'select' and n.nspname = 'app' and r.role = 'authenticated')
     and case when w.power in ('delete', 'truncate') then has_table_privilege(r.role, c.oid, w.power)
              else has_any_column_privilege(r.role, c.oid, w.power) end
   order by 1, 2`;
const unseen = `
  select c.oid::regclass::text as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = 'app' and c.relkind in ('r', 'p')
     and exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd in ('r', '*'))
     and not has_any_column_privilege('authenticated', c.oid, 'select')
   order by 1`;

/** Powers that are missing, and powers that are too much. */
export async function checkGrants(db: pg.ClientBase, steps: Step[]): Promise<Finding[]> {
  const wanted = grantedBy(steps);
  const { rows } = await db.query<{ may: string }>(callable, [roles]);
  const may = new Set(rows.map((row) => row.may));
  const say = (one: string) => one.split(" ") as [name: string, role: string];
  const found = [
    ...[...wanted]
      .filter((one) => !may.has(one))
      .map((one) => {
        const [name, role] = say(one);
        return bad("grants", `${role} may not call ${name}`, `grant execute on function ${name} to ${role};`);
      }),
    ...[...may]
      .filter((one) => !wanted.has(one))
      .map((one) => {
        const [name, role] = say(one);
        return bad(
          "grants",
          `${role} may call ${name}, which nobody gave it`,
          `revoke execute on function ${name} from ${role}, public;`,
        );
      }),
  ];
  const written = await db.query<{ may: string; power: string }>(tables, [roles]);
  const forGuests = readByGuests(steps);
  for (const { may: one, power } of written.rows) {
    if (power === "select" && forGuests.has(one)) continue;
    const [name, role] = say(one);
    found.push(bad("grants", `${role} may ${power} ${name}`, `revoke ${power} on ${name} from ${role}, public;`));
  }
  for (const { name } of (await db.query<{ name: string }>(unseen)).rows)
    found.push(
      bad(
        "grants",
        `nobody may read ${name}, though its policies say who sees it`,
        `grant select on ${name} to authenticated;`,
      ),
    );
  return found.length > 0 ? found : [ok("grants", `${wanted.size} powers, as the schema gives them`)];
}
