import sql, { empty, join, type Sql } from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import { decodeCursor, encodeCursor } from "#app/db/cursor.ts";
import { countedTo, staffPageSize } from "#app/ui/list.ts";
import { recordOf } from "#app/ui/keys.ts";
import { type ClosingWord, type TaskDecision, type TaskFilter, type TaskKind, taskKinds } from "./task.ts";

export type Task = {
  id: number;
  kind: TaskKind;
  subject: string | null;
  subjectName: string | null;
  detail: Record<string, unknown>;
  openedAt: Date;
  dueAt: Date;
  micros: number;
  late: boolean;
  doneAt: Date | null;
  doneBy: string | null;
  note: string | null;
  decision: TaskDecision | null;
  order: string | null;
  total: number | null;
  storeCode: string | null;
  storeName: string | null;
  incident: string | null;
  severity: number | null;
};

const tasks = sql`
  select t.id, t.kind, t.subject_code as subject, a.name as "subjectName", t.detail, t.opened_at as "openedAt",
    t.due_at as "dueAt", (extract(epoch from t.due_at) * 1000000)::bigint as micros,
         t.done_at is null and t.due_at < now() as late, t.done_at as "doneAt", t.done_by as "doneBy", t.note,
           t.decision,
         o.number as order, o.total, p.code as "storeCode", p.name as "storeName", i.ref as incident, i.severity
    from app.tasks t
    left join app.orders o on o.id = t.order_id left join app.partners p on p.id = o.partner_id
    left join app.incidents i on i.id = t.incident_id left join app.accounts a on a.code = t.subject_code`;

const isKind = recordOf(taskKinds, (kind) => sql([`and t.kind = '${kind}'`]));

/** Open ones by when they are due, so that the overdue come first; done ones by their age. */
export async function listTasks(
  db: Db,
  { state, kind, after }: TaskFilter,
): Promise<{ tasks: Task[]; next: string | null }> {
  const done = state === "done";
  const rows = await db.many<Task>(
    done
      ? sql`
        ${tasks} where t.done_at is not null ${kind ? isKind[kind] : empty} ${beforeId(after)}
          order by t.id desc ${limit(staffPageSize + 1)}`
      : sql`
        ${tasks} where t.done_at is null ${kind ? isKind[kind] : empty} ${laterThan(after)} order by t.due_at,
          t.id ${limit(staffPageSize + 1)}`,
  );
  const shown = rows.slice(0, staffPageSize);
  const last = shown.at(-1);
  const next = rows.length > staffPageSize && last ? encodeCursor(done ? [last.id] : [last.micros, last.id]) : null;
  return { tasks: shown, next };
}

function beforeId(after: string | null): Sql {
  const cursor = decodeCursor(after, "id");
  return cursor ? sql`and t.id < ${cursor[0]}::bigint` : empty;
}

function laterThan(after: string | null): Sql {
  const cursor = decodeCursor(after, "id", "id");
  return cursor
    ? sql`
      and (t.due_at, t.id) > ('epoch'::timestamptz + ${cursor[0]}::bigint * interval '1 microsecond',
        ${cursor[1]}::bigint)`
    : empty;
}

/** Open tasks by kind, and how many are past their time; counted up to countedTo. */
export async function countTasks(db: Db): Promise<{ open: number; late: number; kinds: Record<string, number> }> {
  const count = (name: string, only: Sql) => sql`
    select ${name}::text as name,
      (select count(*)
      from (select from app.tasks t where t.done_at is null ${only} ${limit(countedTo + 1)}) counted) as n`;
  const rows = await db.many<{ name: string; n: number }>(
    join(
      [
        count("open", empty),
        count("late", sql`and t.due_at < now()`),
        ...taskKinds.map((kind) => count(kind, isKind[kind])),
      ],
      " union all ",
    ),
  );
  const kinds = Object.fromEntries(rows.map(({ name, n }) => [name, n]));
  return { open: kinds.open ?? 0, late: kinds.late ?? 0, kinds };
}

/** The tasks that an incident led to, newest first. */
export const listTasksOfIncident = (db: Db, ref: string) =>
  db.many<Task>(
    sql`
      ${tasks} where t.incident_id = (select id from app.incidents where ref = ${ref})
        order by t.id desc ${limit(staffPageSize)}`,
  );

/** One task, and the number of the owner whom it may take a call to. */
export const findTask = (db: Db, id: number) =>
  db.one<Task & { whatsapp: string | null }>(sql`
    select one.*, case when one.kind = 'PHONE_OWNER' and one."doneAt" is null then c.owner_whatsapp end as whatsapp
      from (${tasks} where t.id = ${id}::bigint) one
      left join app.partners s on s.code = coalesce(one."storeCode", one.subject)
        left join app.partner_contacts c on c.partner_id = s.id`);

/** Errors: NotFound, DENIED for all but admins, STALE when it is done, TASK_ELSEWHERE, REASON_REQUIRED, DECISION. */
export const closeTask = (db: Db, id: number, { note, decision }: ClosingWord) =>
  db.one(sql`select app.close_task(${id}::bigint, ${note}, ${decision ?? null})`);
