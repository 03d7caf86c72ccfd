import { beforeAll, expect, test } from "vitest";
import type { Work } from "#app/db/transaction.server.ts";
import {
  countHeldUp,
  countIncidents,
  findIncident,
  listIncidentEvents,
  listIncidents,
} from "#app/incidents/incident.server.ts";
import { readIncidentFilter, subjectPlace } from "#app/incidents/incident.ts";
import { findReviewMonth, listReviewLines, listReviewMonths } from "#app/reviews/review.server.ts";
import { countTasks, findTask, listTasks, listTasksOfIncident } from "#app/incidents/task.server.ts";
import { closeTaskForm, readTaskFilter, type TaskFilter, taskPlace } from "#app/incidents/task.ts";
import { read, signedIn } from "#tests/support/signed-in.ts";

const { owner, persons } = signedIn("admin", "auditor", "budi", "sari");
let incident: number;

// Rows of their own, told by their keys: more than a page of tasks and of incidents.
beforeAll(async () => {
  await owner.query(
    "select private.open_incident(1 + n % 4, 'OWNER_DISPUTE', 'kantor/' || n, 'SLS-001') from generate_series(1, 40) n",
  );
  incident = (await owner.query<{ id: number }>("select id::int from app.incidents where dedup_key = 'kantor/1'"))
    .rows[0]!.id;
  await owner.query(
    `
      select private.open_task('REVIEW_SALESMAN', 'kantor/' || n, 'SLS-001', null, $1, (n - 20) * interval '1 hour')
        from generate_series(1, 40) n`,
    [incident],
  );
  await owner.query(
    "update app.tasks set done_at = now(), done_by = 'ADM-001' where dedup_key in ('kantor/39', 'kantor/40')",
  );
});
const tasks = (query = "") => readTaskFilter(new URLSearchParams(query));
const incidents = (query = "") => readIncidentFilter(new URLSearchParams(query));

test("staff reads tasks, incidents and reviews in one round trip; nobody else sees one", async () => {
  const everything: Work<unknown[][]> = (db) =>
    Promise.all([
      listTasks(db, tasks()).then((list) => list.tasks),
      listIncidents(db, incidents()).then((list) => list.incidents),
      listReviewMonths(db, null).then((list) => list.reviews),
      listReviewLines(db, "2026-10"),
      listTasksOfIncident(db, "INC-2026-00001"),
      listIncidentEvents(db, "INC-2026-00001"),
    ]);
  for (const person of [persons.admin, persons.auditor])
    expect((await read(person, everything)).slice(0, 2).map(({ length }) => length)).toEqual([25, 25]);
  for (const person of [persons.budi, persons.sari]) {
    expect((await read(person, everything)).flat()).toEqual([]);
    expect(await read(person, (db) => Promise.all([countTasks(db), countHeldUp(db)]))).toMatchObject([
      { open: 0, late: 0 },
      { disputes: 0, held: 0 },
    ]);
  }
});

test("open tasks go on page after page by when they are due, none twice and none left out", async () => {
  const seen: Array<{ id: number; dueAt: Date }> = [];
  let after: string | null = null;
  do {
    const filter: TaskFilter = { ...tasks("kind=REVIEW_SALESMAN"), after };
    const page: Awaited<ReturnType<typeof listTasks>> = await read(persons.admin, (db) => listTasks(db, filter));
    seen.push(...page.tasks);
    after = page.next;
  } while (after);
  const mine = (
    await owner.query<{ id: number }>(
      "select id::int from app.tasks where dedup_key like 'kantor/%' and done_at is null order by due_at, id",
    )
  ).rows.map(({ id }) => id);
  expect(seen.map(({ id }) => id).filter((id) => mine.includes(id))).toEqual(mine);
  const { open, late, kinds } = await read(persons.admin, countTasks);
  expect([open, late, kinds.REVIEW_SALESMAN].every((n) => n! >= 19)).toBe(true);
  expect(
    (await read(persons.admin, (db) => listTasks(db, tasks("state=done")))).tasks.every(
      ({ doneAt }) => doneAt !== null,
    ),
  ).toBe(true);
});

test("open incidents come gravest first and go on the same way", async () => {
  const first = await read(persons.admin, (db) => listIncidents(db, incidents()));
  const second = await read(persons.admin, (db) => listIncidents(db, { ...incidents(), after: first.next }));
  const order = [...first.incidents, ...second.incidents].map(({ severity, id }) => [severity, -id] as const);
  expect(order).toEqual([...order].sort(([a, b], [c, d]) => a - c || b - d));
  expect(new Set(order.map(([, id]) => id)).size).toBe(order.length);
  expect(
    (await read(persons.admin, (db) => listIncidents(db, incidents("severity=2")))).incidents.every(
      ({ severity }) => severity === 2,
    ),
  ).toBe(true);
  expect((await read(persons.admin, countIncidents))[1]).toBeGreaterThanOrEqual(10);
});

test("what is not there, or badly asked for, is not found and breaks nothing", async () => {
  for (const month of ["2001-01", "2026-13", "x", ""])
    await expect(read(persons.admin, (db) => findReviewMonth(db, month))).rejects.toMatchObject({
      reason: "NOT_FOUND",
    });
  await expect(read(persons.admin, (db) => findTask(db, 0))).rejects.toMatchObject({ reason: "NOT_FOUND" });
  await expect(read(persons.admin, (db) => findIncident(db, "INC-0"))).rejects.toMatchObject({ reason: "NOT_FOUND" });
  const cursor = Buffer.from(JSON.stringify(["'; drop", 1])).toString("base64url");
  expect((await read(persons.admin, (db) => listTasks(db, tasks(`after=${cursor}`)))).tasks).toHaveLength(25);
  expect(tasks("state=open&kind=X")).toEqual({ state: null, kind: null, after: null });
});

test("a task and an incident lead to where their work is done", () => {
  expect(taskPlace({ kind: "RESOLVE_DISPUTE", order: "ORD-2026-000001", subject: "SLS-001" })).toBe(
    "/admin/disputes/ORD-2026-000001",
  );
  expect(taskPlace({ kind: "REVIEW_SALESMAN", order: "ORD-2026-000001", subject: "SLS-001" })).toBe(
    "/admin/cases/SLS-001",
  );
  expect(taskPlace({ kind: "SIGN_REVIEW", order: null, subject: "2026-10" })).toBe("/admin/reviews/2026-10");
  expect(taskPlace({ kind: "STOP_ORDER_IN_ERP", order: null, subject: null })).toBeNull();
  expect(["SLS-001", "ORD-2026-000001", "2026-10", "PTR-0001", "whatever", null].map(subjectPlace)).toEqual([
    "/admin/cases/SLS-001",
    "/admin/orders/ORD-2026-000001",
    "/admin/reviews/2026-10",
    "/admin/stores/PTR-0001",
    null,
    null,
  ]);
});

test("closing a task needs a word; whether a decision is needed, the task says", () => {
  expect(closeTaskForm.safeParse({ note: "Sudah ditelepon", decision: "" }).data).toEqual({
    note: "Sudah ditelepon",
    decision: undefined,
  });
  expect(closeTaskForm.safeParse({ note: "ok" }).error?.issues[0]).toMatchObject({
    path: ["note"],
    message: "REASON_REQUIRED",
  });
  expect(closeTaskForm.safeParse({ note: "Sudah ditelepon", decision: "PERHAPS" }).error?.issues[0]).toMatchObject({
    path: ["decision"],
    message: "DECISION",
  });
});
