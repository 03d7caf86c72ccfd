import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import type { ShownClaim } from "./shown-for.ts";

/**
 * Asks whether a form was shown to this viewer, without doing anything. Errors: SessionEnded, SHOWN_TO_ANOTHER with who
 * it is now.
 */
export const assertShownFor = (db: Db, claim: ShownClaim) =>
  db.one(sql`select app.assert_shown_for(${JSON.stringify(claim)}::jsonb)`);
