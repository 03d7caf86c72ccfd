import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import {
  type AuditFilter,
  type Candidate,
  type Candidates,
  mostCandidates,
  type PersonField,
  personFields,
} from "./audit.ts";
import { limit } from "#app/db/limit.ts";
import { decodeCursor, encodeCursor } from "#app/db/cursor.ts";
import { staffPageSize } from "#app/ui/list.ts";

type Values = Record<string, unknown>;

export type AuditEvent = {
  id: number;
  at: Date;
  actorCode: string | null;
  actorName: string | null;
  targetCode: string | null;
  targetName: string | null;
  action: string;
  entity: string | null;
  entityKey: string | null;
  before: Values | null;
  after: Values | null;
  detail: Values;
  ip: string | null;
  userAgent: string | null;
  requestId: string | null;
  storeCode: string | null;
  storeName: string | null;
  /** Done in Shadow Mode: the actor acted as the store. */
  shadow: boolean;
  /** Its place in the chain; null while it waits for the sealer. */
  seq: number | null;
};

/** How the chain stands. Null: nothing was sealed, signed or looked over yet. */
export type ChainState = {
  seal: { seq: number; batch: number; at: string; head: string } | null;
  signed: { batch: number; at: string; keyId: string } | null;
  /** Rows that wait for the sealer; counted up to a thousand. */
  waiting: number;
  check: { at: string | null; seq: number; findings: number; running: boolean };
};

/**
 * The trail, newest first, for an auditor alone. Reading is an act: it writes a line of its own, so it needs a
 * transaction that may write.
 */
export async function searchAudit(
  db: Db,
  { after, ...filter }: AuditFilter,
): Promise<{ events: AuditEvent[]; next: string | null }> {
  const cursor = decodeCursor(after, "id");
  const rows = await db.many<AuditEvent>(sql`
    select id, at, actor_code as "actorCode", actor_name as "actorName", target_code as "targetCode",
      target_name as "targetName", action, entity,
           entity_key as "entityKey", before, after, detail, ip, user_agent as "userAgent", request_id as "requestId",
           store_code as "storeCode", store_name as "storeName", shadow, seq
      from app.search_audit(${JSON.stringify(filter)}::jsonb, ${cursor?.[0] ?? null}::bigint, ${staffPageSize + 1})`);
  const events = rows.slice(0, staffPageSize);
  const last = events.at(-1);
  return { events, next: rows.length > staffPageSize && last ? encodeCursor([last.id]) : null };
}

/**
 * Who may be meant by what stands in these fields: by name, a store's too, or by its owner's e-mail address; one more
 * than are offered. Whoever is called exactly that is meant alone.
 */
export async function findCandidates(db: Db, typed: Partial<Record<PersonField, string>>): Promise<Candidates> {
  const [actor, target] = await Promise.all(personFields.map((field) => findNamed(db, field, typed[field])));
  return { ...(actor && { actor }), ...(target && { target }) };
}

async function findNamed(db: Db, field: PersonField, typed?: string): Promise<Candidate[] | undefined> {
  const name = typed?.replaceAll("\0", "").trim().toLowerCase();
  if (!name) return undefined;
  const like = `%${name.replace(/[\\%_]/g, "\\$&")}%`;
  const rows = await db.many<Candidate>(sql`
    select ${field === "actor" ? sql`a.code` : sql`coalesce(p.code, a.code)`} as code,
      coalesce(p.name, a.name) as name, a.role
      from app.accounts a left join app.partners p on p.account_id = a.id
      left join app.partner_contacts c on c.partner_id = p.id
     where a.name ilike ${like} or p.name ilike ${like} or lower(c.owner_email) = ${name}
     order by lower(coalesce(p.name, a.name)) = ${name} desc, a.code ${limit(mostCandidates + 1)}`);
  const exact = rows.filter((row) => row.name.toLowerCase() === name);
  return exact.length > 0 ? exact : rows;
}

/** The actions that occur, by name, and the state of the chain. */
export async function findAuditOverview(db: Db): Promise<ChainState & { actions: string[] }> {
  const { overview } = await db.one<{ overview: ChainState & { actions: string[] | null } }>(
    sql`select app.audit_overview() as overview`,
  );
  return { ...overview, actions: overview.actions ?? [] };
}
