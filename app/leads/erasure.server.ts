import sql from "sql-template-tag";
import { limit } from "#app/db/limit.ts";
import type { Db } from "#app/db/transaction.server.ts";
import type { AskedBy } from "./lead.ts";

/** A request to be forgotten; done, it knows no address any more. */
export type ErasureRow = {
  number: string;
  kind: "EMAIL" | "PHONE";
  address: string | null;
  askedBy: AskedBy;
  askedAt: Date;
  dueAt: Date;
  late: boolean;
  recordedBy: string;
  doneAt: Date | null;
  doneBy: string | null;
  leads: string[];
};

const requests = sql`
  select r.ref as number, r.kind, r.address, r.asked_by as "askedBy", r.asked_at as "askedAt", r.due_at as "dueAt",
    r.done_at is null and r.due_at < now() as late, r.recorded_by as "recordedBy", r.done_at as "doneAt",
    r.done_by as "doneBy", r.leads from app.privacy_requests r`;

/** Open ones by when they are due, then the newest that are done. */
export const listErasures = (db: Db) =>
  db.many<ErasureRow>(sql`
    ${requests} order by r.done_at is not null, case when r.done_at is null then r.due_at end, r.id desc
      ${limit(100)}`);

/** One of them. Throws NotFound. */
export const findErasure = (db: Db, ref: string) => db.one<ErasureRow>(sql`${requests} where r.ref = ${ref}`);

type FoundLead = {
  number: string;
  business_name: string | null;
  city: string | null;
};
/** The leads that an open request is about. */
export const listLeadsOfRequest = (db: Db, ref: string) =>
  db.many<FoundLead>(sql`
    select l.ref as number, l.business_name, l.city
      from app.privacy_requests r
      join app.leads l on r.kind = 'PHONE' and l.phone = r.address or r.kind = 'EMAIL' and lower(l.email) = r.address
     where r.ref = ${ref} order by l.id ${limit(200)}`);

/** Writes a request down; its number. Errors: DENIED for all but admins, REACHABLE, ASKED_BY, ASKED_DAY. */
export async function askErasure(db: Db, asked: { address: string; askedBy: AskedBy; day: string }): Promise<string> {
  const { ref } = await db.one<{ ref: string }>(
    sql`select app.ask_erasure(${asked.address}, ${asked.askedBy}, ${asked.day}::date) as ref`,
  );
  return ref;
}

/** Does it; how many leads. Errors: NotFound, DENIED for all but admins, STALE when it is done. */
export async function eraseLeads(db: Db, ref: string): Promise<number> {
  return (await db.one<{ erased: number }>(sql`select app.erase_leads(${ref}) as erased`)).erased;
}
