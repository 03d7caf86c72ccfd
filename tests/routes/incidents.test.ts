import { expect, test } from "vitest";
import { incidentStates } from "#app/incidents/incident.ts";
import { messages } from "#app/words.ts";
import { incidentPages } from "./support/incidents.ts";

const t = messages("id");
const words = t.incidents;
const { db, get, send, open, stateOf } = incidentPages();

const formed = (html: string) => html.slice(html.indexOf("<main"), html.indexOf("</main>")).includes('method="post"');
/** The acts that an incident's form sends. */
const offered = (html: string, ref: string) => [
  ...new Set([...html.matchAll(new RegExp(`action="/admin/incidents/${ref}/(\\w+)"`, "gi"))].map(([, act]) => act!)),
];
const eventsOf = (ref: string) =>
  db.value<number>(
    "select count(*)::int from app.incident_events e join app.incidents i on i.id = e.incident_id where i.ref = $1",
    [ref],
  );

test("staff reads incidents, an auditor without a form; stores, salesmen and guests see none of it", async () => {
  const ref = await open(2, "halaman/siapa");
  for (const [path, auditors] of [
    ["/admin/incidents", 200],
    [`/admin/incidents/${ref}`, 200],
    [`/admin/incidents/${ref}/post-mortem`, 200],
    ["/admin/incidents/duty", 200],
    ["/admin/incidents/known-errors", 200],
    ["/admin/incidents/duty/person", 403],
    ["/admin/incidents/duty/rota", 403],
    ["/admin/incidents/known-errors/add", 403],
  ] as const) {
    for (const who of ["budi", "sari"] as const) {
      const { status, html } = await get(who, path);
      expect([path, who, status, html.includes(words.causes.OWNER_DISPUTE)]).toEqual([path, who, 403, false]);
    }
    expect([path, (await get("guest", path)).status]).toEqual([path, 303]);
    const { status, html } = await get("auditor", path);
    expect([path, status, formed(html)]).toEqual([path, auditors, false]);
    expect([path, (await get("admin", path)).status]).toEqual([path, 200]);
  }
  // Control: the same page with a form.
  expect(formed((await get("admin", `/admin/incidents/${ref}`)).html)).toBe(true);
});

test("from each state the page offers what leads on from there in the database's table, and nothing else", async () => {
  for (const state of incidentStates) {
    const ref = await open(3, `halaman/${state}`);
    const way = { DETECTED: null, CLASSIFIED: "classify", CONTAINED: "contain", RESOLVED: "resolve", CLOSED: "close" };
    const act = way[state];
    if (act)
      expect(
        (await send("admin", `/admin/incidents/${ref}/${act}`, { note: "Langkah uji coba", severity: "3" })).status,
      ).toBe(303);
    expect(await stateOf(ref)).toBe(state);
    const moves = await db.rows<{ act: string }>(
      "select lower(act) as act from app.incident_moves where from_state = $1",
      [state],
    );
    const { html } = await get("admin", `/admin/incidents/${ref}`);
    // The form's own address saves a note; whoever acted on it has it in hand.
    expect([state, offered(html, ref).sort()]).toEqual([
      state,
      [
        "note",
        ...moves.map((move) => move.act),
        ...(state === "DETECTED" ? ["acknowledge"] : []),
        ...(state === "CLOSED" ? [] : ["leave", "playbook"]),
      ].sort(),
    ]);
  }
});

test("a refusal stands beside its field with everything that was typed, and nothing of it was done", async () => {
  const ref = await open(2, "halaman/ketik");
  const before = await eventsOf(ref);
  const typed = { note: "Kabel dicabut orang", severity: "2", role: "SCRIBE", code: "ADM-002", key: "ptr-9999" };
  const missing = await send("admin", `/admin/incidents/${ref}/contain`, typed);
  expect(missing.status).toBe(400);
  expect(missing.html).toContain('id="key-error"');
  expect(missing.html).toContain(words.codes.NO_SUCH_LINK);
  expect(missing.html).toContain("Kabel dicabut orang</textarea>");
  expect(missing.html).toContain('value="ptr-9999"');
  expect(missing.html).toMatch(/<option value="SCRIBE" selected/);
  expect(missing.html).toMatch(/<option value="ADM-002" selected/);
  for (const act of ["classify", "contain", "resolve", "close", "note"]) {
    const { status, html } = await send("admin", `/admin/incidents/${ref}/${act}`, { note: "x", severity: "1" });
    expect([act, status, html.includes(t.http.codes.REASON_REQUIRED)]).toEqual([act, 400, true]);
  }
  const roleless = await send("admin", `/admin/incidents/${ref}/note`, { ...typed, role: "", key: "" });
  expect([roleless.status, roleless.html.includes(words.codes.ROLE)]).toEqual([400, true]);
  expect([await eventsOf(ref), await stateOf(ref)]).toEqual([before, "DETECTED"]);
});

test("«Saya tangani» takes along what was filled in, once; a second is told who was first", async () => {
  const ref = await open(1, "halaman/tangani");
  const page = await get("admin", `/admin/incidents/${ref}`);
  expect(page.html).toContain(words.next.UNTAKEN);
  const filled = { note: "Saya di ruang server", role: "LIAISON", code: "ADM-002", key: "ptr-0001" };
  expect((await send("admin", `/admin/incidents/${ref}/acknowledge`, filled)).status).toBe(303);
  const { html } = await get("admin2", `/admin/incidents/${ref}`);
  expect(html).toContain("Saya di ruang server");
  expect(html).toContain('href="/admin/stores/PTR-0001"');
  expect(html).toContain(words.roles.LIAISON);
  expect(offered(html, ref)).not.toContain("acknowledge");
  expect(html).toContain(words.timers.done); // Answered in time.
  const second = await send("admin2", `/admin/incidents/${ref}/acknowledge`, { note: "Saya juga datang" });
  expect(second.status).toBe(409);
  expect(second.html).toContain(words.alreadyTaken("ADM-001"));
  expect(second.html).toContain("Saya juga datang</textarea>");
});

test("every page beside it is reached with what was typed saved, or one stays with it", async () => {
  const ref = await open(1, "halaman/keluar", "ERP_DOWN");
  const { html } = await get("admin", `/admin/incidents/${ref}`);
  const ways = [...html.matchAll(/\/leave" name="go" value="([^"]+)"/g)].map(([, go]) => go);
  const here = `/admin/incidents/${ref}`;
  expect(ways).toEqual([
    `/admin/incidents/known-errors/add?cause=ERP_DOWN&from=${ref}`,
    `${here}/breach`,
    `${here}/post-mortem`,
    "/admin/settings/CREDIT_CHECK_BYPASS",
    "/admin/settings/erp.force_degraded",
  ]);
  const leave = (fields: Record<string, string>) => send("admin", `${here}/leave`, { go: `${here}/breach`, ...fields });
  const went = await leave({ note: "Kata yang sedang diketik", key: "ptr-0001" });
  expect([went.status, went.to]).toEqual([303, `${here}/breach`]);
  const seen = (await get("admin", here)).html;
  expect([seen.includes("Kata yang sedang diketik"), seen.includes("/admin/stores/PTR-0001")]).toEqual([true, true]);
  const before = await eventsOf(ref);
  expect([(await leave({})).status, await eventsOf(ref)]).toEqual([303, before]);
  expect((await leave({ go: "https://lain.invalid/" })).to).toBe(here);
  const short = await leave({ note: "x" });
  expect([short.status, short.html.includes(">x</textarea>")]).toEqual([400, true]);
  const reader = (await get("auditor", here)).html;
  expect([reader.includes("/leave"), reader.includes(`href="${here}/post-mortem"`)]).toEqual([false, true]);
});

test("an incident says how the ERP is only where that is its cause, and what is known of its cause", async () => {
  const erp = await open(2, "halaman/erp", "ERP_DOWN");
  const other = await open(2, "halaman/lain");
  const ofErp = 'id="erp"';
  expect((await get("auditor", `/admin/incidents/${erp}`)).html).toContain(ofErp);
  expect((await get("auditor", `/admin/incidents/${other}`)).html).not.toContain(ofErp);
  const known = { cause: "ERP_DOWN", sign: "VPN putus pagi hari", why: "Sertifikat habis", from: erp };
  const wrong = await send("admin", "/admin/incidents/known-errors/add", { ...known, wayRound: "" });
  expect([wrong.status, wrong.html.includes('id="wayRound-error"'), wrong.html.includes("VPN putus")]).toEqual([
    400,
    true,
    true,
  ]);
  expect(
    (await send("admin", "/admin/incidents/known-errors/add", { ...known, wayRound: "Pakai jalur cadangan" })).status,
  ).toBe(303);
  const shown = async (ref: string) => (await get("admin", `/admin/incidents/${ref}`)).html.includes("jalur cadangan");
  expect([await shown(erp), await shown(other)]).toEqual([true, false]);
  const code = await db.value<string>("select max(code) from app.known_errors");
  expect((await send("admin", "/admin/incidents/known-errors", { code })).status).toBe(303);
  expect(await shown(erp)).toBe(false);
  expect((await send("admin", "/admin/incidents/known-errors", { code })).status).toBe(409);
  expect((await get("auditor", "/admin/incidents/known-errors")).html).toContain("jalur cadangan");
});

test("the list puts first what nobody answered in time, whatever its level, and its filters hold", async () => {
  const [late, taken] = [await open(4, "halaman/terlambat"), await open(1, "halaman/cepat")];
  await send("admin", `/admin/incidents/${taken}/acknowledge`, {});
  // Once more, and due an hour ago: a time that was promised is not moved.
  await db.sql.query("update app.incidents set round = 2 where ref = $1", [late]);
  await db.sql.query(
    `select private.set_timer('RESPOND', $1, now() - interval '1 hour', true, id, 4, 0, 2)
       from app.incidents where ref = $1`,
    [late],
  );
  const refs = async (query = "") =>
    [...(await get("auditor", `/admin/incidents${query}`)).html.matchAll(/>(INC-\d{4}-\d+)</g)].map(([, ref]) => ref);
  const all = await get("auditor", "/admin/incidents");
  expect((await refs())[0]).toBe(late);
  expect(all.html).toContain(words.lateOnes(1));
  expect(await refs("?state=untaken")).toContain(late);
  expect(await refs("?state=untaken")).not.toContain(taken);
  const resolved = await db.rows<{ ref: string }>("select ref from app.incidents where state = 'RESOLVED'");
  expect((await refs("?state=resolved")).sort()).toEqual(resolved.map(({ ref }) => ref).sort());
});
