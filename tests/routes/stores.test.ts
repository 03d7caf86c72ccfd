import { expect, test } from "vitest";
import { type Work, writeAs } from "#app/db/transaction.server.ts";
import { suspendAccount } from "#app/accounts/suspension.server.ts";
import { setConsent } from "#app/shadow/consent.server.ts";
import { listOpenInvoices } from "#app/credit/invoices.server.ts";
import { listDisputesOfStore } from "#app/disputes/staff-disputes.server.ts";
import { listOrdersOfStore } from "#app/orders/store-orders.server.ts";
import { findFigures, findStore, listSalesmen, listSessions } from "#app/stores/store.server.ts";
import { partsOf } from "#app/stores/store.ts";
import { formatRupiah } from "#app/ui/format.ts";
import { stores } from "#tests/support/cast.ts";
import { read, signedIn } from "#tests/support/signed-in.ts";
import { pageFor, servedApp } from "#tests/support/site.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

// A store's page: whatever the office knows of it, for staff alone.
const { owner, persons } = signedIn("admin", "auditor", "budi", "sari");
const site = servedApp();
// Amounts are written with a space that does not break.
const pageOf = async (person: (typeof persons)["admin"], path: string, lang?: "en") =>
  (await pageFor(site, person, path, lang)).replaceAll("\u00a0", " ");
const one = async <Row extends object>(text: string, values: unknown[] = []) =>
  (await owner.query<Row>(text, values)).rows[0]!;
const code = "PTR-0001";
const origin = { ip: "10.0.0.8", userAgent: "vitest", requestId: crypto.randomUUID(), device: null };

test("who it is, how its owner is reached, what it owes, what it ordered, who works in its name", async () => {
  const shown = await pageOf(persons.admin, `/admin/stores/${code}`);
  const contact = await one<{ email: string; whatsapp: string }>(
    "select owner_email as email, owner_whatsapp as whatsapp from app.partner_contacts where partner_id = $1",
    [stores.budi],
  );
  const newest = await one<{ number: string }>(
    "select number from app.orders where partner_id = $1 order by id desc limit 1",
    [stores.budi],
  );
  const salesman = await one<{ code: string }>(
    `select a.code from app.assignments g join app.accounts a on a.id = g.salesman_id where g.partner_id = $1 limit 1`,
    [stores.budi],
  );
  const { credit_limit: limit } = await one<{ credit_limit: string }>(
    "select credit_limit from app.partners where id = $1",
    [stores.budi],
  );
  for (const words of [
    contact.email,
    `wa.me/${contact.whatsapp}`,
    formatRupiah(Number(limit), "id").replaceAll("\u00a0", " "),
  ])
    expect(shown).toContain(words);
  for (const place of [
    `/admin/orders/${newest.number}`,
    `/admin/orders?q=${code}`,
    `/admin/accounts/${salesman.code}`,
    `/admin/accounts/${code}`,
  ])
    expect(shown).toContain(`href="${place}"`);
  // First what is asked first: how to call, what is left, and the way to what stands further down.
  const head = shown.slice(shown.indexOf("<main"), shown.indexOf('id="order"'));
  const { credit } = (await read(persons.admin, (db) => findFigures(db, code)))!;
  for (const words of [`tel:+${contact.whatsapp}`, formatRupiah(credit.room, "id").replaceAll("\u00a0", " ")])
    expect(head).toContain(words);
  const further = [...head.matchAll(/href="#(\w+)"/g)].map(([, id]) => id!);
  expect(further.filter((id) => !shown.includes(`id="${id}"`))).toEqual([]);
  expect(further.length).toBeGreaterThan(3);
  // The trail is an auditor's.
  const trail = `href="/admin/audit?target=${code}"`;
  expect(shown).not.toContain(trail);
  expect(await pageOf(persons.auditor, `/admin/stores/${code}`)).toContain(trail);
});

test("what is left is the limit less what is owed, and what is owed is the sum of its parts", async () => {
  const { credit } = (await read(persons.admin, (db) => findFigures(db, code)))!;
  const { ours, erp } = partsOf(credit);
  const { unpaid } = await one<{ unpaid: string }>(
    `select coalesce(sum(amount - paid), 0) as unpaid from app.invoices
      where partner_id = $1 and status in ('UNPAID', 'PARTIAL')`,
    [stores.budi],
  );
  expect(ours.unpaid).toBe(Number(unpaid));
  expect(ours.unpaid + ours.open).toBe(credit.ours);
  if (erp) expect(erp.outstanding + erp.notThere).toBe(credit.erp);
  expect(credit.room).toBe(credit.limit - Math.max(credit.ours - (credit.deposit ?? 0), credit.erp ?? 0));
});

test("a session has the orders that were placed in it, and none of another's", async () => {
  const early = await one<{ started: Date }>(
    `insert into app.acting_sessions (salesman_id, partner_id, session_id, reason, started_at, expires_at, ended_at,
        ended_reason)
      select s.salesman_id, s.partner_id, s.session_id, 'Kunjungan', s.started_at - interval '2 hours',
             s.started_at - interval '1 hour', s.started_at - interval '1 hour', 'BY_HAND'
        from app.orders o join app.acting_sessions s on s.id = o.acting_session_id
       where o.partner_id = $1 order by s.started_at limit 1 returning started_at as started`,
    [stores.budi],
  );
  const sessions = await read(persons.admin, (db) => listSessions(db, code));
  const { rows: kept } = await owner.query<{ started: Date; orders: number; total: number }>(
    `select s.started_at as started, count(o.id)::int as orders, coalesce(sum(o.total), 0)::int as total
       from app.acting_sessions s left join app.orders o on o.acting_session_id = s.id
      where s.partner_id = $1 group by s.id, s.started_at order by s.started_at desc limit 10`,
    [stores.budi],
  );
  expect(sessions.map(({ startedAt, orders, total }) => ({ started: startedAt, orders, total }))).toEqual(kept);
  expect(sessions.find(({ startedAt }) => startedAt.getTime() === early.started.getTime())?.orders).toBe(0);
  expect(sessions.some(({ orders }) => orders > 0)).toBe(true);
});

test("Shadow Mode switched off and a suspension are said; overdue invoices say by how many days", async () => {
  await writeAs(persons.budi, origin, (db) => setConsent(db, { allowed: false, cap: 5_000_000 }));
  const off = await pageOf(persons.admin, `/admin/stores/${code}`, "en");
  for (const words of ["Switched off by the owner", "Rp 5,000,000"]) expect(off).toContain(words);
  await writeAs(persons.admin, origin, (db) => suspendAccount(db, "PTR-0004", "Menunggak tiga bulan"));
  expect(await pageOf(persons.admin, "/admin/stores/PTR-0004", "en")).toContain("account is suspended");
  const late = await one<{ code: string; days: number }>(
    `select p.code, (now() at time zone 'Asia/Jakarta')::date - min(i.due_on) as days
       from app.invoices i join app.partners p on p.id = i.partner_id where i.status in ('UNPAID', 'PARTIAL')
      group by p.code order by 2 desc limit 1`,
  );
  expect(late.days).toBeGreaterThan(1);
  expect(await pageOf(persons.admin, `/admin/stores/${late.code}`, "en")).toContain(`${late.days} days overdue`);
});

test("nobody but staff gets any of it, of his own store neither; nobody's code is a 404", async () => {
  const works: Array<Work<unknown>> = [
    (db) => findStore(db, code),
    (db) => findFigures(db, code),
    (db) => listOpenInvoices(db, { store: code }, 10),
    (db) => listOrdersOfStore(db, code, 10),
    (db) => listSalesmen(db, code),
    (db) => listSessions(db, code),
    (db) => listDisputesOfStore(db, code, 10),
  ];
  const got = (person: (typeof persons)["admin"]) =>
    Promise.all(
      works.map((work) =>
        read(person, work).then(
          (rows) => (Array.isArray(rows) ? rows.length : 1),
          (error: { reason: string }) => error.reason,
        ),
      ),
    );
  for (const person of [persons.budi, persons.sari])
    expect(await got(person)).toEqual(["NOT_FOUND", "DENIED", 0, 0, 0, 0, 0]);
  // Control: for staff there is something everywhere where the demo has something.
  expect((await got(persons.admin)).slice(0, 2)).toEqual([1, 1]);
  expect((await read(persons.admin, (db) => listSessions(db, code))).length).toBeGreaterThan(0);
  const status = async (person: (typeof persons)["admin"], path: string) =>
    (await ask(site.origin, path, { headers: { cookie: await cookieOf(person) } })).status;
  expect(await status(persons.budi, `/admin/stores/${code}`)).toBe(403);
  for (const path of ["/admin/stores/PTR-9999", "/admin/stores/x", "/admin/stores/%2500"])
    expect([path, await status(persons.admin, path)]).toEqual([path, 404]);
});
