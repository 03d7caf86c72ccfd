import type pg from "pg";
import { admin, auditor, secondAdmin, type Account } from "./people.ts";

/** Which posts of the escalation matrix each of the cast has. */
const duties: Array<[Account, string[]]> = [
  [admin, ["CTO", "ENG_LEAD"]],
  [auditor, ["CIO", "PRIVACY"]],
  [secondAdmin, ["VP_SALES", "OPS_MANAGER", "SUPPORT", "HELPDESK"]],
];

/** Puts the cast on the rota, without an end: the demo tells somebody of its incidents. */
export async function writeDuty(client: pg.Client): Promise<void> {
  for (const [{ name, email, language = "id" }, posts] of duties)
    await client.query(
      `
        with person as (insert into app.responders (name, email, language) values ($1, $2, $3) returning id)
        insert into app.rota (post, responder_id, from_day)
          select post, person.id, (now() at time zone 'Asia/Jakarta')::date - 90
            from person, unnest($4::text[]) as post`,
      [name, email, language, posts],
    );
}
