import sql, { empty } from "sql-template-tag";
import type { Db } from "#app/db/door.server.ts";
import { limit } from "#app/db/limit.ts";
import type { AuditFilter } from "./audit.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { officePageSize } from "./office.ts";

export type AuditEvent = {
  id: number; at: Date; actorCode: string | null; actorName: string | null; action: string; entity: string | null; entityKey: string | null;
  detail: Record<string, unknown>; ip: string | null; userAgent: string | null; requestId: string | null;
  storeCode: string | null; storeName: string | null;
  /** Done in Shadow Mode: the actor acted as the store. */
  shadow: boolean;
};

/** The trail, newest first. Rows are seen by auditors alone (RLS). */
export async function listAudit(db: Db, { action, actor, request, after }: AuditFilter): Promise<{ events: AuditEvent[]; next: string | null }> {
  const cursor = decodeCursor(after, "id");
  const rows = await db.many<AuditEvent>(sql`
    select e.id, e.at, e.actor_code as "actorCode", a.name as "actorName", e.action, e.entity, e.entity_key as "entityKey", e.detail,
           e.ip, e.user_agent as "userAgent", e.request_id as "requestId", p.code as "storeCode", p.name as "storeName",
           e.acting_session_id is not null as shadow
      from app.audit_events e left join app.accounts a on a.id = e.actor_id left join app.partners p on p.id = e.partner_id
     where true ${action ? sql`and e.action = ${action}` : empty}
       ${actor ? sql`and e.actor_id = (select id from app.accounts where code = ${actor})` : empty}
       ${request ? sql`and e.request_id = ${request}` : empty}
       ${cursor ? sql`and e.id < ${cursor[0]}::bigint` : empty}
     order by e.id desc ${limit(officePageSize + 1)}`);
  const events = rows.slice(0, officePageSize);
  const last = events.at(-1);
  return { events, next: rows.length > officePageSize && last ? encodeCursor([last.id]) : null };
}

/** The actions that occur, by name: one hop along the index for each, whatever the length of the trail. */
export async function listActions(db: Db): Promise<string[]> {
  const rows = await db.many<{ action: string }>(sql`
    with recursive hop (action) as (
      (select action from app.audit_events order by action limit 1)
      union all
      select (select e.action from app.audit_events e where e.action > hop.action order by e.action limit 1) from hop where hop.action is not null)
    select action from hop where action is not null limit 100`);
  return rows.map(({ action }) => action);
}
