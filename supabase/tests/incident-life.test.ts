import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";
import { incidentStates } from "#app/incidents/incident.ts";

const open = (db: TestDb, severity: number, key = "uji/1", cause = "OWNER_DISPUTE") =>
  db.value<number>("select private.open_incident($1, $2, $3, 'SLS-001')", [severity, cause, key]);
const refOf = (db: TestDb, id: number) => db.value<string>("select ref from app.incidents where id = $1", [id]);
const stateOf = (db: TestDb, id: number) => db.value<string>("select state from app.incidents where id = $1", [id]);
const act = (db: TestDb, who: string, command: string, ...values: unknown[]) =>
  db.as(who, () => db.sql.query(command, values));

const commands = {
  classify: "select app.classify_incident($1, 2, $2)",
  contain: "select app.contain_incident($1, $2)",
  resolve: "select app.resolve_incident($1, $2)",
  close: "select app.close_incident($1, $2)",
  reopen: "select app.reopen_incident($1, $2)",
};
/** Where each act leads from each state; null: refused as stale. */
const life: Record<keyof typeof commands, Record<string, string | null>> = {
  classify: { DETECTED: "CLASSIFIED", CLASSIFIED: "CLASSIFIED", CONTAINED: "CONTAINED", RESOLVED: null, CLOSED: null },
  contain: { DETECTED: "CONTAINED", CLASSIFIED: "CONTAINED", CONTAINED: null, RESOLVED: null, CLOSED: null },
  resolve: { DETECTED: "RESOLVED", CLASSIFIED: "RESOLVED", CONTAINED: "RESOLVED", RESOLVED: null, CLOSED: null },
  // An incident that still lasts is resolved by closing it.
  close: { DETECTED: "CLOSED", CLASSIFIED: "CLOSED", CONTAINED: "CLOSED", RESOLVED: "CLOSED", CLOSED: null },
  reopen: { DETECTED: null, CLASSIFIED: null, CONTAINED: null, RESOLVED: "CLASSIFIED", CLOSED: "CLASSIFIED" },
};
/** How a fresh incident gets there. */
const ways: Record<string, Array<keyof typeof commands>> = {
  DETECTED: [],
  CLASSIFIED: ["classify"],
  CONTAINED: ["contain"],
  RESOLVED: ["resolve"],
  CLOSED: ["close"],
};

test(
  "each act from each state leads where the table says, and nowhere else",
  rolledBack(async (db) => {
    await db.login(people.admin);
    for (const from of incidentStates)
      for (const [name, command] of Object.entries(commands)) {
        await db.sql.query("savepoint one");
        const id = await open(db, 3, `uji/${from}/${name}`);
        const ref = await refOf(db, id);
        for (const way of ways[from]!) await act(db, people.admin, commands[way], ref, "Langkah uji coba");
        expect(await stateOf(db, id)).toBe(from);
        const to = life[name as keyof typeof commands][from];
        if (to === null)
          expect([from, name, await db.stopped(people.admin, command, [ref, "Langkah"])]).toEqual([
            from,
            name,
            "STALE",
          ]);
        else {
          await act(db, people.admin, command, ref, "Langkah");
          expect([from, name, await stateOf(db, id)]).toEqual([from, name, to]);
        }
        await db.sql.query("rollback to savepoint one");
      }
  }),
);

test(
  "only an admin acts, with a word about it; raw SQL keeps to the moves too",
  rolledBack(async (db) => {
    const ref = await refOf(db, await open(db, 3));
    for (const command of Object.values(commands)) {
      for (const who of [people.auditor, people.sari, people.budi, null])
        expect(["DENIED", "42501"]).toContain(await db.stopped(who, command, [ref, "Langkah"]));
      expect(await db.stopped(people.admin, command, [ref, " "])).toBe("REASON_REQUIRED");
      expect(await db.stopped(people.admin, command, ["INC-2026-99999", "Langkah"])).toBe("NOT_FOUND");
    }
    expect(await db.stopped(people.admin, "update app.incidents set state = 'CONTAINED'")).toBe("42501");
    expect(
      await db.ownerStopped("update app.incidents set state = 'CLOSED', closed_at = now() where ref = $1", [ref]),
    ).toBe("STALE");
    // Control: a move that there is.
    expect(await db.ownerStopped("update app.incidents set state = 'CONTAINED' where ref = $1", [ref])).toBeNull();
    expect(await db.stopped(people.admin, "select app.classify_incident($1, 5, 'Langkah')", [ref])).toBe(
      "OUT_OF_RANGE",
    );
  }),
);

test(
  "who says that it is his leads it; said again by another it is refused and names him",
  rolledBack(async (db) => {
    const id = await open(db, 2);
    const ref = await refOf(db, id);
    const mine = "select app.acknowledge_incident($1)";
    for (const who of [people.auditor, people.sari]) expect(await db.stopped(who, mine, [ref])).toBe("DENIED");
    await act(db, people.admin, mine, ref);
    expect(await db.stopped(people.admin2, mine, [ref])).toBe("STALE");
    expect(await db.rows("select role, code from app.incident_roles where incident_id = $1", [id])).toEqual([
      { role: "COMMANDER", code: "ADM-001" },
    ]);
    const give = "select app.give_incident_role($1, $2, $3)";
    expect(await db.stopped(people.admin, give, [ref, "BOSS", "ADM-002"])).toBe("ROLE");
    expect(await db.stopped(people.admin, give, [ref, "COMMANDER", "SLS-001"])).toBe("NO_SUCH_ADMIN");
    await act(db, people.admin, give, ref, "COMMANDER", "ADM-002");
    expect(await db.value("select code from app.incident_roles where incident_id = $1", [id])).toBe("ADM-002");
  }),
);

test(
  "what ended by itself is resolved and never closed; what comes again goes on with the same one",
  rolledBack(async (db) => {
    const id = await open(db, 2);
    expect(await db.value("select private.resolve_incident('uji/1')")).toBe(true);
    expect(await db.value("select private.resolve_incident('uji/1')")).toBe(false);
    expect(await db.row("select state, resolved_by from app.incidents where id = $1", [id])).toEqual({
      state: "RESOLVED",
      resolved_by: "SYSTEM",
    });
    await expect(db.ownerStopped("select private.move_incident($1, 'CLOSE', 'SYSTEM')", [id])).resolves.toBe("STALE");
    expect(await open(db, 2)).toBe(id);
    expect(
      await db.row("select state, round, acknowledged_at, resolved_at from app.incidents where id = $1", [id]),
    ).toEqual({ state: "CLASSIFIED", round: 2, acknowledged_at: null, resolved_at: null });
    // Closed by a person, it is over: what comes then is another, and this one is not opened beside it.
    const ref = await refOf(db, id);
    await act(db, people.admin, commands.close, ref, "Sudah dilihat");
    const next = await open(db, 3);
    expect(next).not.toBe(id);
    expect(await db.stopped(people.admin, commands.reopen, [ref, "Belum selesai"])).toBe("ANOTHER_OPEN");
  }),
);

test(
  "what it touched is linked once, and only what there is",
  rolledBack(async (db) => {
    const ref = await refOf(db, await open(db, 3));
    const link = "select app.link_incident($1, $2, $3)";
    expect(await db.stopped(people.admin, link, [ref, "store", "PTR-9999"])).toBe("NO_SUCH_LINK");
    expect(await db.stopped(people.admin, link, [ref, "page", "/admin"])).toBe("NO_SUCH_LINK");
    expect(await db.stopped(people.auditor, link, [ref, "account", "SLS-001"])).toBe("DENIED");
    for (const typed of ["SLS-001", " sls-001 "]) await act(db, people.admin, link, ref, "account", typed);
    expect(await db.rows("select kind, key, linked_by from app.incident_links")).toEqual([
      { kind: "account", key: "SLS-001", linked_by: "ADM-001" },
    ]);
    expect(await db.value("select count(*)::int from app.incident_events where kind = 'LINKED'")).toBe(1);
  }),
);

test(
  "the story of an incident and the times promised are not rewritten, by the owner's hand either",
  rolledBack(async (db) => {
    const id = await open(db, 2);
    await act(db, people.admin, commands.contain, await refOf(db, id), "Sambungan dialihkan");
    const story = "where incident_id = $1 and kind = 'CONTAINED'";
    for (const change of [
      "actor = 'ADM-002'",
      "at = at - interval '1 hour'",
      "kind = 'NOTE'",
      `detail = '{"note": "lain"}'`,
    ])
      expect(await db.ownerStopped(`update app.incident_events set ${change} ${story}`, [id]), change).toBe("DENIED");
    expect(await db.ownerStopped("delete from app.incident_events where incident_id = $1", [id])).toBe("DENIED");
    expect(
      await db.ownerStopped(`update app.incident_events set detail = detail - 'note' ${story}`, [id]),
      "control: who is forgotten is forgotten here too",
    ).toBeNull();
    const timer = "where incident_id = $1 and kind = 'ESCALATE' and step = 2";
    for (const change of ["due_at = due_at + interval '1 day'", "rings_at = 'infinity'"])
      expect(await db.ownerStopped(`update app.timers set ${change} ${timer}`, [id]), change).toBe("DENIED");
    expect(
      await db.ownerStopped(`update app.timers set rings_at = now() + interval '1 year', tries = tries + 1 ${timer}`, [
        id,
      ]),
      "control: after a try that failed",
    ).toBeNull();
  }),
);
