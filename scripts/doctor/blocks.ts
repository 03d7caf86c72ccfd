import type pg from "pg";
import { bad, type Finding, ok } from "./finding.ts";

// What the schema does in `do` blocks, because a name is known only there or because the platform may refuse it: no
// list of grants has it, so each is looked for by its effect.
const effects: Array<{ sql: string; what: (is: string) => string; todo: (is: string) => string }> = [
  {
    sql: `select r.rolname as "is" from pg_roles r
           where r.rolname in ('web', 'worker', 'anon', 'authenticated')
             and has_database_privilege(r.oid, current_database(), 'temporary') order by 1`,
    what: (is) => `${is} may make temporary objects, which functions could take for ours`,
    todo: () => "revoke temporary on database … from public; (as its owner)",
  },
  {
    sql: `select pg_get_userbyid(p.proowner) as "is" from pg_proc p
           where p.oid = to_regprocedure('private.end_holders(uuid)') and not pg_has_role(p.proowner, 'web', 'usage')`,
    what: (is) => `${is} may not end connections of web: whoever is shut out could stay in`,
    todo: (is) => `grant web to ${is} with inherit true, set false;`,
  },
  {
    sql: `select w.name as "is"
            from (values ('auth.sessions', 'refuse_suspended_login'), ('auth.sessions', 'tell_login'),
                         ('auth.users', 'tell_new_password'), ('auth.users', 'tell_new_password_with_its_key'))
                 w(of, name)
           where to_regclass(w.of) is not null and not exists (
             select from pg_trigger t where t.tgrelid = to_regclass(w.of) and t.tgname = w.name and t.tgenabled <> 'D')
           order by 1`,
    what: (is) => `trigger ${is} is not on Auth's tables: what is done at Auth directly is not told, or not refused`,
    todo: (is) => `See ${is} in supabase/schemas/2*-accounts*.sql; where the platform refuses it, this is known.`,
  },
];

/** What `do` blocks of the schema gave, took and made. */
export async function checkBlocks(db: pg.ClientBase): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { sql, what, todo } of effects)
    for (const row of (await db.query<{ is: string }>(sql)).rows) found.push(bad("blocks", what(row.is), todo(row.is)));
  return found.length > 0 ? found : [ok("blocks", "what the schema does in blocks is done")];
}
