import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { detailOf, kindOf, type MailEvent, referenceOf } from "./mail-event.ts";

/** Stores an event under the provider's id for it, once, and lets it change the alert it is about. */
export async function noteMailEvent(db: Db, id: string, event: MailEvent): Promise<void> {
  const kind = kindOf(event);
  if (kind === null) return;
  await db.one(
    sql`
      select app.note_mail_event(${id}, ${kind}, ${event.data.email_id}, ${event.created_at}, ${referenceOf(event)},
        ${detailOf(event)})`,
  );
}
