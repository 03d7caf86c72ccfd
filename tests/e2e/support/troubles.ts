import { sari } from "#supabase/seed/people.ts";
import { row } from "./system.ts";

/** An incident of a salesman, or the one that is open under this key. */
export async function openIncident(severity: number, key: string, cause = "ABUSE_SCORE") {
  const { id } = await row<{ id: number }>(
    "select private.open_incident($1, $2, $3, $4, '{\"score\": 65}')::int as id",
    [severity, cause, key, sari.code],
  );
  return { id, ...(await row<{ ref: string }>("select ref from app.incidents where id = $1", [id])) };
}
