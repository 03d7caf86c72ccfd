import { expect, test } from "vitest";
import { type Login, writeAs } from "#app/db/transaction.server.ts";
import { findAuditOverview, searchAudit } from "#app/audit/audit.server.ts";
import { misread, readAuditFilter } from "#app/audit/audit.ts";
import { findWatch, listCheckpoints, listStockChecks } from "#app/erp/duty.server.ts";
import {
  findCircuit,
  findUndecided,
  findErpIncident,
  findQueue,
  listCircuitEvents,
  listFeedRuns,
  listFeeds,
  listSyncTroubles,
} from "#app/erp/state.server.ts";
import { findLastTest, listCallHours } from "#app/erp/watch.server.ts";
import { countAlerts, listAlerts, listUndelivered } from "#app/alerts/alerts.server.ts";
import { findStaffOrder } from "#app/orders/staff-order.server.ts";
import { countStaffOrders, findToday, listNewestOrders, listStaffOrders } from "#app/orders/staff-orders.server.ts";
import { moveForm, numbersMeant, readOrderFilter } from "#app/orders/staff.ts";
import { countedTo, listAddress, shownCount } from "#app/ui/list.ts";
import { readAlertFilter } from "#app/alerts/alerts.ts";
import { settingForm } from "#app/settings/setting.ts";
import { listSettings } from "#app/settings/setting.server.ts";
import { people } from "#tests/support/cast.ts";
import { read, signedIn } from "#tests/support/signed-in.ts";

const { owner, persons } = signedIn("admin", "auditor", "budi", "sari");
const orders = (query: string) => readOrderFilter(new URLSearchParams(query));
const alerts = readAlertFilter(new URLSearchParams());
const search = (person: Login, query: string) =>
  writeAs(person, { ip: "10.0.0.8", userAgent: "vitest", requestId: crypto.randomUUID(), device: null }, (db) =>
    searchAudit(db, readAuditFilter(new URLSearchParams(query))),
  );

test("every list of staff is read in one round trip by those it is for", async () => {
  for (const person of [persons.admin, persons.auditor]) {
    const [settings, feeds] = await read(person, (db) =>
      Promise.all([
        listSettings(db),
        listFeeds(db),
        findCircuit(db),
        findQueue(db),
        listCircuitEvents(db, 168),
        listFeedRuns(db),
        listSyncTroubles(db),
        findUndecided(db),
        findErpIncident(db),
        findLastTest(db),
        listCallHours(db),
        findWatch(db),
        listCheckpoints(db),
        listStockChecks(db, 12),
        findToday(db),
        listNewestOrders(db, 8),
        listStaffOrders(db, orders("")),
        countStaffOrders(db, orders("q=salon&sync=FAILED&shadow=yes")),
        listAlerts(db, alerts),
        countAlerts(db),
        listUndelivered(db, 5),
      ]),
    );
    expect(settings.map(({ key }) => key)).toContain("CREDIT_CHECK_BYPASS");
    expect(feeds.map(({ name }) => name)).toEqual(["stock", "credit"]);
  }
});

test("stores and salesmen read nothing of staff, and an admin nothing of the trail", async () => {
  for (const person of [persons.budi, persons.sari]) {
    const [told, details, ...lists] = await read(person, (db) =>
      Promise.all([
        listAlerts(db, alerts),
        findStaffOrder(db, "ORD-2026-000001"),
        listFeeds(db),
        listFeedRuns(db),
        listSettings(db),
        listSyncTroubles(db),
      ]),
    );
    expect([told.alerts, ...lists].flat()).toEqual([]);
    expect(details).toBeNull();
  }
  for (const person of [persons.budi, persons.sari, persons.admin]) {
    await expect(search(person, "")).rejects.toMatchObject({ reason: "DENIED" });
    await expect(read(person, findAuditOverview)).rejects.toMatchObject({ reason: "DENIED" });
  }
});

test("an auditor finds an act by who did it, by what it was and by its request", async () => {
  await owner.query(
    `
      insert into app.audit_events (actor_id, actor_code, action, request_id)
        values ($1, 'ADM-001', 'TEST_OF_THE_TRAIL', $2)`,
    [people.admin, persons.admin.sessionId],
  );
  const found = (query: string) =>
    search(persons.auditor, query).then(({ events }) => events.map(({ action }) => action));
  expect(await found("action=TEST_OF_THE_TRAIL")).toEqual(["TEST_OF_THE_TRAIL"]);
  expect(await found(`request=${persons.admin.sessionId}`)).toEqual(["TEST_OF_THE_TRAIL"]);
  expect(await found("actor=adm-001")).toContain("TEST_OF_THE_TRAIL");
  expect(await found("actor=SLS-002&action=TEST_OF_THE_TRAIL")).toEqual([]);
  expect((await read(persons.auditor, findAuditOverview)).actions).toContain("TEST_OF_THE_TRAIL");
});

test("what the trail cannot look for is named with what was typed, and an order's number may be written small", () => {
  const asked = (query: string) => {
    const params = new URLSearchParams(query);
    const filter = readAuditFilter(params);
    return { key: filter.key, wrong: misread(params, filter) };
  };
  expect(asked("actor=Sari&target=%F0%9F%92%87&key=a%20b&request=abc")).toEqual({
    key: null,
    wrong: { actor: "Sari", target: "\u{1F487}", key: "a b", request: "abc" },
  });
  expect(asked("actor=&target=%20&key=ord-2026-000894")).toEqual({ key: "ORD-2026-000894", wrong: {} });
  expect(asked("actor=sls-001&key=abuse.drift_percent")).toEqual({ key: "abuse.drift_percent", wrong: {} });
});

test("an order is found by its number however it is typed; anything else is a store's name", () => {
  const now = new Date("2026-12-31T23:59:59+07:00");
  expect(numbersMeant("ORD-2026-000123", now)).toEqual(["ORD-2026-000123"]);
  expect(numbersMeant(" 2025-7 ", now)).toEqual(["ORD-2025-000007"]);
  for (const typed of ["ord2026000905", "ORD 2026 000905", "2026000905"])
    expect(numbersMeant(typed, now)).toEqual(["ORD-2026-000905"]);
  expect(numbersMeant("inv2026000905", now, "INV")).toEqual(["INV-2026-000905"]);
  // A telephone number is none.
  expect(numbersMeant("0812345678", now)).toEqual([]);
  expect(numbersMeant("123", now)).toEqual(["ORD-2026-000123", "ORD-2025-000123", "ORD-2024-000123"]);
  // The year that an order's number is given is Jakarta's: seven hours before the server's.
  expect(numbersMeant("123", new Date("2027-01-01T00:00:00+07:00"))).toEqual([
    "ORD-2027-000123",
    "ORD-2026-000123",
    "ORD-2025-000123",
  ]);
  for (const typed of ["", "Salon 88", "PTR-0001", "ORD-", "12345678901"]) expect(numbersMeant(typed, now)).toEqual([]);
});

test("what a link says wrong is ignored, and counts stop where counting stopped", () => {
  expect(orders("status=x&sync=y&shadow=no&q=%20budi%20")).toEqual({
    q: "budi",
    status: null,
    sync: null,
    shadow: null,
    held: null,
    from: null,
    to: null,
    sort: null,
    after: null,
  });
  expect(listAddress("/admin/orders", { q: "", status: "SUBMITTED", after: null })).toBe(
    "/admin/orders?status=SUBMITTED",
  );
  const counts = [undefined, countedTo, countedTo + 1];
  expect(counts.map((n) => shownCount(n, "id"))).toEqual(["0", "1.000", "1.000+"]);
  expect(counts.map((n) => shownCount(n, "en"))).toEqual(["0", "1,000", "1,000+"]);
});

test("ending an order for good needs a reason, moving it on does not", () => {
  expect(moveForm.safeParse({ status: "APPROVED" }).success).toBe(true);
  expect(moveForm.safeParse({ status: "REJECTED", note: "Toko tutup" }).success).toBe(true);
  for (const note of [undefined, "", "    ", "no"])
    expect(moveForm.safeParse({ status: "CANCELLED", note }).error?.issues[0]).toMatchObject({
      path: ["note"],
      message: "REASON_REQUIRED",
    });
});

test("a number is taken as people type it; what is none is told", () => {
  const value = (typed: string) => settingForm.safeParse({ value: typed, reason: "Uji coba" }).data?.value;
  const taken: Array<[string, number | boolean | string]> = [
    ["10000", 10_000],
    ["10.000", 10_000],
    ["10,000", 10_000],
    ["10 000", 10_000],
    ["1.000.000", 1_000_000],
    ["Rp 500.000", 500_000],
    ["1,25", 1.25],
    ["1.5", 1.5],
    ["1.000,50", 1_000.5],
    ["1,000.50", 1_000.5],
    ["0,5", 0.5],
    ["-1", -1],
    ["007", 7],
    ["true", true],
    ["half_up", "half_up"],
  ];
  for (const [typed, meant] of taken) expect([typed, value(typed)]).toEqual([typed, meant]);
  for (const typed of [
    "1e4",
    "",
    "NaN",
    "TRUE",
    "1.000,5.0",
    "0.500",
    "1,2345",
    "1.00.000",
    ",5",
    "5,",
    "1.000,000.00",
    "--1",
    "x".repeat(31),
    "9".repeat(21),
  ])
    expect([typed, value(typed)]).toEqual([typed, undefined]);
  const hours = (typed?: string) =>
    settingForm.safeParse({ value: "true", reason: "Uji coba", hours: typed }).data?.hours;
  expect([hours(), hours(""), hours("24")]).toEqual([4, 4, 24]);
  for (const typed of ["0", "25", "1.5", "x"]) expect(hours(typed)).toBeUndefined();
});
