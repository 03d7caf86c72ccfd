import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { numbersMeant } from "#app/orders/staff.ts";
import { type Hit, isFewDigits } from "./lookup.ts";

/**
 * What somebody of staff can mean by what he typed: by number, code, telephone, address or SKU exactly, otherwise by
 * words of names; a few digits also by what holds them. Eleven of each kind at most. Throws DENIED for everybody else.
 */
export const lookUp = (db: Db, typed: string, now = new Date()) =>
  db.many<Hit>(sql`
    select kind, key, name, about
      from app.look_up(${typed}, ${numbersMeant(typed, now)}::text[],
        ${numbersMeant(isFewDigits(typed) ? `INV-${typed}` : typed, now, "INV")}::text[])`);
