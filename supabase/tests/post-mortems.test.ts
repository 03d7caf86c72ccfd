import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";

const words = {
  summary: "ERP mati dua jam pada pagi hari.",
  timeline: "09.00 mati. 11.00 kembali.",
  rootCause: "Sertifikat VPN kedaluwarsa.",
  whys: ["VPN putus", "Sertifikat habis", ""],
};
const save = "select app.save_post_mortem($1, $2, $3)";
const add = "select app.add_post_mortem_action($1, $2, $3, $4, $5)";
const submit = "select app.submit_post_mortem($1)";
const approve = "select app.approve_post_mortem($1, $2)";
const close = "select app.close_incident($1, 'Sudah dilihat')";

/** A SEV-1 that is over; its number. */
async function over(db: TestDb): Promise<string> {
  const id = await db.value<number>("select private.open_incident(1, 'ERP_DOWN', 'uji/1', null)");
  await db.sql.query("select private.resolve_incident('uji/1')");
  return db.value<string>("select ref from app.incidents where id = $1", [id]);
}
const as = (db: TestDb, who: string, command: string, ...values: unknown[]) =>
  db.as(who, () => db.sql.query(command, values));
const version = (db: TestDb) => db.value<number>("select version from app.post_mortems");

test(
  "a SEV-1 is closed when somebody else has approved a whole post-mortem, and not before",
  rolledBack(async (db) => {
    const ref = await over(db);
    expect(await db.stopped(people.admin, close, [ref])).toBe("TASKS_OPEN");
    expect(await db.value("select kind from app.tasks where dedup_key = 'post-mortem/' || $1", [ref])).toBe(
      "POST_MORTEM",
    );
    expect(await db.value("select extract(day from due_at - now())::int from app.timers where kind = 'REVIEW'")).toBe(
      14,
    );
    await as(db, people.admin, save, ref, null, { ...words, rootCause: "" });
    expect(await db.stopped(people.admin, submit, [ref])).toBe("UNFINISHED");
    await as(db, people.admin, save, ref, await version(db), words);
    expect(await db.stopped(people.admin, submit, [ref])).toBe("UNFINISHED"); // No action yet.
    await as(db, people.admin, add, ref, "Perpanjang sertifikat", "Tim TI", "2026-12-31", "HIGH");
    expect(await db.stopped(people.admin2, approve, [ref, await version(db)])).toBe("STALE"); // Not handed over.
    await as(db, people.admin, submit, ref);
    expect(await db.stopped(people.admin, approve, [ref, await version(db)])).toBe("OWN_WORK");
    expect(await db.stopped(people.admin2, approve, [ref, (await version(db)) - 1])).toBe("STALE");
    expect(await db.stopped(people.admin2, close, [ref])).toBe("TASKS_OPEN");
    await as(db, people.admin2, approve, ref, await version(db));
    await as(db, people.admin, close, ref);
    expect(await db.value("select state from app.incidents where ref = $1", [ref])).toBe("CLOSED");
    expect(await db.value("select met_at is not null from app.timers where kind = 'REVIEW'")).toBe(true);
    // Approved is approved, by hand too.
    expect(await db.ownerStopped("update app.post_mortems set summary = 'lain'")).toBe("DENIED");
    expect(await db.stopped(people.admin, save, [ref, await version(db), words])).toBe("STALE");
    expect(await db.stopped(people.admin, add, [ref, "Satu lagi", "Tim TI", "2026-12-31", "LOW"])).toBe("STALE");
  }),
);

test(
  "opened again, it is closed when its post-mortem has been approved anew, whose words are still there",
  rolledBack(async (db) => {
    const ref = await over(db);
    await as(db, people.admin, save, ref, null, words);
    await as(db, people.admin, add, ref, "Perpanjang sertifikat", "Tim TI", "2026-12-31", "HIGH");
    const handOver = async () => {
      await as(db, people.admin, submit, ref);
      await as(db, people.admin2, approve, ref, await version(db));
    };
    await handOver();
    await as(db, people.admin, close, ref);
    const again = () => as(db, people.admin, "select app.reopen_incident($1, 'Mati lagi')", ref);
    const seen = () => db.row("select state, summary, approved_by as by from app.post_mortems");
    expect(
      await db.ownerStopped("update app.post_mortems set state = 'DRAFT', approved_by = null, approved_at = null"),
    ).toBe("DENIED"); // Not while it is closed.
    await again();
    expect(await seen()).toEqual({ state: "DRAFT", summary: words.summary, by: null });
    await as(db, people.admin, "select app.resolve_incident($1, 'Sudah kembali')", ref);
    expect(await db.stopped(people.admin, close, [ref])).toBe("TASKS_OPEN");
    await db.sql.query("update app.tasks set done_at = now(), done_by = 'ADM-001' where done_at is null");
    expect(await db.stopped(people.admin, close, [ref]), "though nothing waits").toBe("POST_MORTEM");
    await as(db, people.admin, save, ref, await version(db), { ...words, summary: "Mati dua kali." });
    await handOver();
    await as(db, people.admin, close, ref);
    expect(await seen()).toMatchObject({ state: "APPROVED", summary: "Mati dua kali." });
  }),
);

test(
  "nobody gets past it by hand: neither approved by its writer nor approved without what it needs",
  rolledBack(async (db) => {
    const ref = await over(db);
    const put = (state: string, at: string | null) =>
      db.ownerStopped(
        `insert into app.post_mortems (incident_id, state, written_by, approved_by, approved_at)
           select id, $2, 'ADM-001', $3, $4 from app.incidents where ref = $1`,
        [ref, state, at && "ADM-002", at],
      );
    expect(await put("APPROVED", "2026-11-30T03:00:00Z"), "approved from the start").toBe("UNFINISHED");
    expect(await put("DRAFT", null), "control: a draft").toBeNull();
    await as(db, people.admin, save, ref, null, { ...words, rootCause: "" });
    const approved = (by: string) =>
      db.ownerStopped("update app.post_mortems set state = 'APPROVED', approved_by = $1, approved_at = now()", [by]);
    expect(await approved("ADM-002")).toBe("UNFINISHED");
    await as(db, people.admin, save, ref, await version(db), words);
    await as(db, people.admin, add, ref, "Perpanjang sertifikat", "Tim TI", "2026-12-31", "HIGH");
    expect(await approved("ADM-001")).toBe("23514");
    expect(await approved("ADM-002")).toBeNull(); // Control.
    expect(
      await db.ownerStopped("update app.incidents set state = 'CLOSED', closed_at = now() where ref = $1", [ref]),
    ).toBe("POST_MORTEM");
  }),
);

test(
  "two who write at once: the second is told and nothing is overwritten; a change after handing it over takes it back",
  rolledBack(async (db) => {
    const ref = await over(db);
    await as(db, people.admin, save, ref, null, words);
    expect(await db.stopped(people.admin2, save, [ref, null, words])).toBe("STALE");
    expect(await db.stopped(people.admin2, save, [ref, 7, words])).toBe("STALE");
    await as(db, people.admin, add, ref, "Perpanjang sertifikat", "Tim TI", "2026-12-31", "HIGH");
    await as(db, people.admin, submit, ref);
    const seen = await version(db);
    await as(db, people.admin, add, ref, "Tambah pemantauan", "Tim TI", "2026-12-31", "LOW");
    expect(await db.stopped(people.admin2, approve, [ref, seen])).toBe("STALE");
    expect(await db.value("select state from app.post_mortems")).toBe("DRAFT");
    const [action] = await db.rows<{ id: number }>("select id from app.post_mortem_actions order by id");
    await as(db, people.admin, "select app.drop_post_mortem_action($1, $2)", ref, action!.id);
    expect(await db.value("select count(*)::int from app.post_mortem_actions where dropped_at is null")).toBe(1);
    for (const [what, owner, due, priority, why] of [
      ["x", "Tim TI", "2026-12-31", "LOW", "REASON_REQUIRED"],
      ["Tambah pemantauan", " ", "2026-12-31", "LOW", "OWNER"],
      ["Tambah pemantauan", "Tim TI", null, "LOW", "DUE_DAY"],
      ["Tambah pemantauan", "Tim TI", "2026-12-31", "SOON", "PRIORITY"],
    ])
      expect(await db.stopped(people.admin, add, [ref, what, owner, due, priority])).toBe(why);
    for (const who of [people.auditor, people.sari])
      expect(await db.stopped(who, save, [ref, await version(db), words])).toBe("DENIED");
  }),
);

test(
  "an action that is late comes back as a task, once; done is done with a word",
  rolledBack(async (db) => {
    const ref = await over(db);
    await as(db, people.admin, save, ref, null, words);
    await as(db, people.admin, add, ref, "Perpanjang sertifikat", "Tim TI", "2020-01-01", "HIGH");
    await as(db, people.admin, add, ref, "Tambah pemantauan", "Tim TI", "2099-01-01", "LOW");
    expect(await db.value("select jobs.chase_post_mortem_actions()")).toBe(1);
    expect(await db.value("select jobs.chase_post_mortem_actions()")).toBe(0);
    const task = "select done_at is not null as done from app.tasks where kind = 'POST_MORTEM_ACTION'";
    expect(await db.rows(task)).toEqual([{ done: false }]);
    const [action] = await db.rows<{ id: number }>("select id from app.post_mortem_actions order by id");
    const finish = "select app.finish_post_mortem_action($1, $2)";
    expect(await db.stopped(people.admin, finish, [action!.id, ""])).toBe("REASON_REQUIRED");
    expect(await db.stopped(people.auditor, finish, [action!.id, "Sudah dipasang"])).toBe("DENIED");
    await as(db, people.admin, finish, action!.id, "Sudah dipasang");
    expect(await db.stopped(people.admin, finish, [action!.id, "Sudah dipasang"])).toBe("STALE");
    expect(await db.rows(task)).toEqual([{ done: true }]);
  }),
);

test(
  "known errors: written with sign, cause and way round, and not offered any more once mended",
  rolledBack(async (db) => {
    const ref = await over(db);
    const put = "select app.add_known_error($1, 'ERP_DOWN', $2, $3, $4, '')";
    const known = ["VPN putus tiap bulan", "Sertifikat habis", "Pakai jalur cadangan"];
    expect(await db.stopped(people.auditor, put, [ref, ...known])).toBe("DENIED");
    expect(await db.stopped(people.admin, put, [ref, known[0], "", known[2]])).toBe("REASON_REQUIRED");
    expect(await db.stopped(people.admin, put, ["INC-2026-99999", ...known])).toBe("NOT_FOUND");
    const code = await db.as(people.admin, () => db.value<string>(put, [ref, ...known]));
    expect(code).toMatch(/^KE-\d{3,}$/);
    await as(db, people.admin, "select app.mend_known_error($1)", code);
    expect(await db.stopped(people.admin, "select app.mend_known_error($1)", [code])).toBe("STALE");
  }),
);
