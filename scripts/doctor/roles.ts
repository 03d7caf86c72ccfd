import type pg from "pg";
import { bad, type Finding, ok } from "./finding.ts";

/** What to do about each fault of a login (private.login_faults). */
const loginTodo: Record<string, (login: string, is: string) => string> = {
  SETTING: (login, is) => `alter role ${login} reset ${is.split("=")[0]};`,
  SETTING_MISSING: (login, is) => `alter role ${login} set ${is.replace("=", " = '")}';`,
  POWER: (login, is) =>
    `alter role ${login} ${is
      .split(" ")
      .map((power) => `no${power}`)
      .join(" ")};`,
  UNLIMITED: (login) => `alter role ${login} connection limit 40;`,
  LIMITS_TOO_HIGH: () => "Lower the connection limits of web and worker: ten of max_connections stay for others.",
  MEMBER_OF: (login, is) => `revoke ${is} from ${login};`,
  OWNS: (login) => `reassign owned by ${login} to postgres;`,
};

const withoutRls = `
  select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname in ('app', 'private', 'audit') and c.relkind in ('r', 'p') and not c.relrowsecurity order by 1`;
const withoutLiveSession = `
  select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = 'app' and c.relkind in ('r', 'p') and has_any_column_privilege('authenticated', c.oid, 'select')
     and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'live_session'
                        and not p.polpermissive)
   order by 1`;

/** What our logins are, where they are not what they should be. */
export async function checkRoles(db: pg.ClientBase): Promise<Finding[]> {
  const { rows } = await db.query<{ login: string; what: string; is: string }>(
    'select login, what, "is" from private.login_faults()',
  );
  return rows.length > 0
    ? rows.map(({ login, what, is }) =>
        bad(
          "roles",
          `${login}: ${what} ${is}`,
          loginTodo[what]?.(login, is) ?? "See supabase/schemas/00-foundation.sql.",
        ),
      )
    : [ok("roles", "web and worker may what they should and own nothing")];
}

/** Tables whose rows anybody could see. */
export async function checkRows(db: pg.ClientBase): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { name } of (await db.query<{ name: string }>(withoutRls)).rows)
    found.push(bad("rows", `row-level security is off on ${name}`, `alter table ${name} enable row level security;`));
  for (const { name } of (await db.query<{ name: string }>(withoutLiveSession)).rows)
    found.push(
      bad(
        "rows",
        `${name} is shown to logins that have ended`,
        `The policy live_session is missing: see ${name} in supabase/schemas.`,
      ),
    );
  return found.length > 0 ? found : [ok("rows", "every table has row-level security and asks for a live login")];
}
