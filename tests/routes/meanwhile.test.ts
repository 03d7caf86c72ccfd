import { beforeAll, expect, test } from "vitest";
import { messages } from "#app/words.ts";
import { countStaffOrders } from "#app/orders/staff-orders.server.ts";
import { countHeldUp } from "#app/incidents/incident.server.ts";
import { findQueue, listSyncTroubles } from "#app/erp/state.server.ts";
import { readOrderFilter } from "#app/orders/staff.ts";
import type { Work } from "#app/db/transaction.server.ts";
import { people, stores } from "#tests/support/cast.ts";
import { noCredit, plenty, TestDb } from "#tests/support/rolled-back.ts";
import { read as readAs, signedIn } from "#tests/support/signed-in.ts";
import { pageFor, servedApp } from "#tests/support/site.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

const t = messages("id");
const { owner, persons } = signedIn("budi", "admin");
const db = new TestDb(owner);
const site = servedApp();
let number: string;
let other: string;

// Committed, on a database of this file's own: two orders that wait for the ERP and for their credit, the first with
// points.
beforeAll(async () => {
  await owner.query("begin");
  const [sku] = await plenty(db);
  await noCredit(db, stores.budi);
  await owner.query(
    "select private.audit('SETTING_CHANGED', 'setting', key) from app.settings where key = 'order.minimum_threshold'",
  );
  await owner.query("update app.settings set value = '0' where key = 'order.minimum_threshold'");
  await owner.query("delete from app.cart_items");
  await db.fill(people.budi, [sku, 30]);
  number = await db.order(people.budi, crypto.randomUUID(), true);
  await db.fill(people.budi, [sku, 1]);
  other = await db.order(people.budi, crypto.randomUUID(), true);
  await owner.query("commit");
});

const { value } = db;
const read = (who: keyof typeof persons, path: string) => pageFor(site, persons[who], path);
const plain = (html: string) => html.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("<!-- -->", "");
const send = async (path: string, fields: Record<string, string>) => {
  const answer = await ask(site.origin, path, {
    method: "POST",
    headers: {
      cookie: await cookieOf(persons.admin),
      origin: "http://alfa.test",
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({ ...fields, shown_for: "ADM-001|||Admin HQ|" }).toString(),
  });
  return { status: answer.status, html: plain(await answer.text()) };
};
const look = <T>(work: Work<T>) => readAs(persons.admin, work);

test("an order refused before it got to the ERP is nobody's failure: no list, count or page says so", async () => {
  const marks = (html: string) =>
    [t.orders.syncStatuses.FAILED, t.orders.syncEnded, t.orders.whatsapp.copyTitle, t.orders.points].map((word) =>
      html.includes(word),
    );
  expect(marks(await read("budi", `/orders/${number}`))).toEqual([false, false, true, true]);
  await owner.query("begin");
  await db.as(people.admin, () =>
    owner.query(
      "select app.decide_credit(number, 'REJECTED', 'limit terlampaui', total) from app.orders where number = $1",
      [number],
    ),
  );
  await owner.query("commit");
  expect(await value("select sync_status from app.orders where number = $1", [number])).toBe("FAILED");

  // The store is not asked to hand on what has ended, and is promised nothing for it.
  expect(marks(await read("budi", `/orders/${number}`))).toEqual([false, false, false, false]);
  expect(await read("budi", "/orders")).not.toContain(t.orders.syncStatuses.FAILED);
  const staffs = await read("admin", `/admin/orders/${number}`);
  expect(staffs).not.toContain(t.orders.syncStatuses.FAILED);
  expect(staffs).toContain(t.orders.syncEnded);
  const [queue, troubles, counts] = await look((db) =>
    Promise.all([findQueue(db), listSyncTroubles(db), countStaffOrders(db, readOrderFilter(new URLSearchParams()))]),
  );
  expect(troubles.map((trouble) => trouble.number)).not.toContain(number);
  expect([queue.failed, counts.sync.FAILED]).toEqual([0, 0]);
  expect(await read("admin", "/admin/orders?sync=FAILED")).not.toContain(number);
});

test("an order that ended while it was held is nobody's to release: no list or count calls it held", async () => {
  const said = async () => [
    (await look((db) => countStaffOrders(db, readOrderFilter(new URLSearchParams())))).held,
    (await look((db) => countHeldUp(db))).held,
    (await read("admin", "/admin/orders?held=yes")).includes(number),
    (await read("admin", "/admin/orders?held=yes")).includes(other),
  ];
  await owner.query("update app.orders set held = true where number in ($1, $2)", [number, other]);
  expect(await said()).toEqual([1, 1, false, true]);
  await owner.query("update app.orders set held = false where number in ($1, $2)", [number, other]);
  expect(await said()).toEqual([0, 0, false, false]);
});

test("an order that somebody else moved is told with how it stands now, and nobody is sent to reload", async () => {
  const { status, html } = await send(`/admin/orders/${number}/status`, { status: "PROCESSING", note: "tunggu stok" });
  expect(status).toBe(409);
  expect(html).toContain(t.orders.moves.meanwhile(t.orders.statuses.REJECTED));
  expect(html).not.toContain(t.http.codes.STALE);
  expect(html).toContain("tunggu stok");
});

test("what a store saves is said to itself, and of it to staff", async () => {
  const said = async (who: keyof typeof persons, path: string) => {
    const html = await read(who, path);
    return [t.carts.saving("", ""), t.carts.storeSaving("", "")].map((word) =>
      html.includes(word.split(" (")[0]!.trim().replace(/:$/, "")),
    );
  };
  expect(await said("budi", `/orders/${other}`)).toEqual([true, false]);
  expect(await said("admin", `/admin/orders/${other}`)).toEqual([false, true]);
});

test("control: one that goes on and that the ERP refused is counted, and said on its page", async () => {
  await owner.query("update app.orders set sync_status = 'FAILED', sync_error = '422' where number = $1", [other]);
  expect(await look(async (db) => (await findQueue(db)).failed)).toBe(1);
  expect(await read("admin", `/admin/orders/${other}`)).toContain(t.orders.syncStatuses.FAILED);
});

test("what is to be looked at before an order is approved is said until it is decided", async () => {
  await owner.query("update app.orders set degraded = true where number in ($1, $2)", [number, other]);
  expect(await read("admin", `/admin/orders/${other}`)).toContain(t.orders.placement.degraded);
  expect(await read("admin", `/admin/orders/${number}`)).not.toContain(t.orders.placement.degraded);
});

test("an order's credit waits until a person decides; then all read what, staff also by whom and when", async () => {
  const marks = async (who: keyof typeof persons, path: string) => {
    const html = await read(who, path);
    return [t.credit.lights.AMBER, t.credit.decided.APPROVED, t.credit.decided.REJECTED].map((word) =>
      html.includes(word),
    );
  };
  const pages = [
    ["budi", `/orders/${other}`],
    ["admin", `/admin/orders/${other}`],
  ] as const;
  const handed = async () =>
    /<textarea id="order-text".*?<\/textarea>/s.exec(await read("budi", `/orders/${other}`))?.[0];
  for (const [who, path] of pages) expect([path, ...(await marks(who, path))]).toEqual([path, true, false, false]);
  expect(await handed()).toContain("[PERINGATAN SISTEM:");

  await owner.query("begin");
  await db.as(people.admin, () =>
    owner.query("select app.decide_credit(number, 'APPROVED', '', total) from app.orders where number = $1", [other]),
  );
  await owner.query("commit");
  for (const [who, path] of pages) expect([path, ...(await marks(who, path))]).toEqual([path, false, true, false]);
  expect(await read("admin", `/admin/orders/${other}`)).toMatch(
    /Diputuskan oleh(?:<!-- -->| )*<a [^>]*>Admin HQ \(ADM-001\)<\/a>/,
  );
  expect(await handed()).toContain("Kredit: disetujui admin, ");
  expect(await handed()).not.toContain("PERINGATAN");
  for (const [who, path] of [
    ["budi", `/orders/${number}`],
    ["admin", `/admin/orders/${number}`],
  ] as const)
    expect([path, ...(await marks(who, path))]).toEqual([path, false, false, true]);
});

test("WhatsApp is offered while there is something to hand on, and not for what has left or ended", async () => {
  const offered = async () => (await read("budi", `/orders/${other}`)).includes(t.orders.whatsapp.open);
  expect(await offered()).toBe(true);
  for (const status of ["SHIPPED", "COMPLETED"]) {
    await owner.query("begin");
    await db.as(people.admin, () => owner.query("select app.move_order($1, $2, '')", [other, status]));
    await owner.query("commit");
    expect([status, await offered()]).toEqual([status, false]);
  }
  expect(await read("budi", `/orders/${number}`)).not.toContain(t.orders.whatsapp.open);
});

test("what was written for a task another finished meanwhile stays readable, not called worth a retry", async () => {
  const id = await value<number>(
    "select private.open_task('STOP_ORDER_IN_ERP', 'uji/bersamaan', $1, null, null, interval '1 hour')::int",
    [number],
  );
  expect((await send(`/admin/tasks/${id}`, { note: "Dihentikan oleh gudang" })).status).toBe(303);
  const { status, html } = await send(`/admin/tasks/${id}`, { note: "Sudah dihentikan Pak Joko" });
  expect(status).toBe(409);
  expect(html).toContain(t.incidents.tasks.alreadyDone);
  expect(html).toContain("«Sudah dihentikan Pak Joko»");
});

test("so it is with a note on an incident that another closed", async () => {
  await owner.query("select private.open_incident(3, 'ERP_DOWN', 'uji/bersamaan', null)");
  const ref = await value<string>("select ref from app.incidents where dedup_key = 'uji/bersamaan'");
  expect((await send(`/admin/incidents/${ref}/close`, { note: "Listrik padam" })).status).toBe(303);
  for (const act of ["note", "close"]) {
    const { status, html } = await send(`/admin/incidents/${ref}/${act}`, { note: "Masih mencari sebabnya" });
    expect(status).toBe(409);
    expect(html).toContain(t.incidents.alreadyClosed);
    expect(html).toContain("Masih mencari sebabnya</textarea>");
  }
});

test("and with a note for an order that has ended", async () => {
  const { status, html } = await send(`/admin/orders/${number}/status`, {
    status: "PROCESSING",
    note: "Diambil kurir jam 10",
  });
  expect(status).toBe(409);
  expect(html).toContain("«Diambil kurir jam 10»");
});

test("a setting that another changed meanwhile is not replaced unseen; saved once more it is", async () => {
  const path = "/admin/settings/stock.buffer.default";
  const now = () => value<number>("select value from app.settings where key = 'stock.buffer.default'");
  const before = Number(await now());
  expect((await send(path, { value: String(before + 1), seen: String(before), reason: "musim ramai" })).status).toBe(
    303,
  );
  const { status, html } = await send(path, { value: "1,0", seen: String(before), reason: "stok berlebih" });
  expect([status, await now()]).toEqual([409, before + 1]);
  expect(html).toContain(t.settings.changedMeanwhile("Admin HQ (ADM-001)", String(before + 1)));
  for (const kept of ['name="value"', 'value="1"', 'value="stok berlebih"', `name="seen" value="${before + 1}"`])
    expect(html).toContain(kept);
  expect((await send(path, { value: "1", seen: String(before + 1), reason: "stok berlebih" })).status).toBe(303);
  const beyond = await send(path, { value: "1001", reason: "stok berlebih" });
  expect(beyond.status).toBe(400);
  expect(beyond.html).toContain(`${t.settings.codes.OUT_OF_RANGE} ${t.settings.range("0", "1.000", null)}`);
  const hours = await send("/admin/settings/erp.force_degraded", {
    value: "true",
    hours: "25",
    reason: "stok berlebih",
  });
  expect([hours.status, hours.html.includes(t.settings.codes.HOURS_OUT_OF_RANGE)]).toEqual([400, true]);
  expect(await now()).toBe(1);
});
