import { expect, test } from "vitest";
import { messages } from "#app/words.ts";
import { incidentPages } from "./support/incidents.ts";

const t = messages("id");
const words = t.incidents.postMortems;
const { db, get, send, open } = incidentPages();

const text = {
  summary: "Jejak audit berhenti dua jam.",
  beganAt: "2026-11-30T09:00",
  endedAt: "2026-11-30T11:00",
  timeline: "09.00 berhenti. 11.00 kembali.",
  why1: "Disk penuh",
  why2: "Tidak ada yang memantau",
  rootCause: "Tidak ada pemantauan disk.",
};
const action = { what: "Pasang pemantauan disk", owner: "Tim TI", due: "2099-01-01", priority: "HIGH" };

test("written, handed over, approved by somebody else; who is late is told and loses nothing", async () => {
  const ref = await open(1, "pm/satu", "AUDIT_BROKEN");
  const address = `/admin/incidents/${ref}/post-mortem`;
  await db.sql.query("select private.resolve_incident('pm/satu')");
  // What is known already stands in the form.
  const first = await get("admin", address);
  expect(first.html).toContain(`${t.incidents.events.OPENED}\n`);
  expect(first.html).toMatch(/name="beganAt"[^>]*value="20\d\d-/);
  expect((await get("auditor", address)).html).toContain(words.none);

  const wrong = await send("admin", `${address}/save`, { ...text, endedAt: "2026-11-30T08:00" });
  expect([wrong.status, wrong.html.includes('id="endedAt-error"'), wrong.html.includes("Disk penuh")]).toEqual([
    400,
    true,
    true,
  ]);
  const half = await send("admin", `${address}/submit`, { ...text, rootCause: "" });
  expect(half.status).toBe(409);
  expect(half.html).toContain(words.missing(words.rootCause));
  expect(half.html).toContain(words.missing(words.actions));
  expect(half.html).toContain('value="Disk penuh"');
  expect(await db.value("select count(*)::int from app.post_mortems")).toBe(0); // All or nothing.

  expect((await send("admin", `${address}/save`, text)).status).toBe(303);
  const stale = await send("admin2", `${address}/save`, { ...text, version: "", summary: "Saya menulis juga." });
  expect(stale.status).toBe(409);
  expect(stale.html).toContain(words.changed("ADM-001"));
  expect(stale.html).toContain("Saya menulis juga.</textarea>");
  const ownerless = await send("admin", `${address}/save`, { ...text, version: "1", ...action, owner: "" });
  expect([ownerless.status, ownerless.html.includes(t.incidents.codes.OWNER)]).toEqual([400, true]);
  expect((await send("admin", `${address}/submit`, { ...text, version: "1", ...action })).status).toBe(303);

  const version = String(await db.value<number>("select version from app.post_mortems"));
  const mine = await get("admin", address);
  expect([mine.html.includes(words.waitsForAnother), mine.html.includes(`${address}/approve`)]).toEqual([true, false]);
  expect((await send("admin", `${address}/approve`, { version })).html).toContain(t.incidents.codes.OWN_WORK);
  const theirs = await get("admin2", address);
  expect(theirs.html).toContain(`${address}/approve`);
  expect(theirs.html).toContain("09.00 berhenti.");
  expect((await send("admin2", `${address}/approve`, { version: "1" })).status).toBe(409);
  expect((await send("admin2", `${address}/approve`, { version })).status).toBe(303);

  // Approved it is read; its actions go on.
  const id = String(await db.value<number>("select id from app.post_mortem_actions"));
  const bare = await send("admin", `${address}/done`, { done: id, note: "" });
  expect([bare.status, bare.html.includes(t.http.codes.REASON_REQUIRED)]).toEqual([400, true]);
  expect((await send("admin", `${address}/done`, { done: id, note: "Sudah terpasang" })).status).toBe(303);
  const read = await get("auditor", address);
  expect(read.html).toContain("Sudah terpasang");
  expect(read.html).toContain(words.states.APPROVED);
  expect((await send("admin", `${address}/save`, { ...text, version })).status).toBe(409);
  expect((await send("admin", `/admin/incidents/${ref}/close`, { note: "Sudah dilihat semua" })).status).toBe(303);
});
