import { beforeAll, expect, inject, test } from "vitest";
import { writeAs } from "#app/db/transaction.server.ts";
import { exportMost } from "#app/orders/export.ts";
import { exportOrders } from "#app/orders/export.server.ts";
import { readOrderFilter } from "#app/orders/staff.ts";
import { formatNumber } from "#app/ui/format.ts";
import { messages } from "#app/words.ts";
import { ofDatabase } from "#supabase/local/clone-database.ts";
import { withClient } from "#supabase/local/with-client.ts";
import { people, stores } from "#tests/support/cast.ts";
import { readSheet } from "#tests/support/sheet.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { pageFor, servedApp } from "#tests/support/site.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

const t = messages("id").orders;
const { owner, persons } = signedIn("admin", "auditor", "budi", "sari");
const site = servedApp();
type Who = keyof typeof persons;

// Orders of their own, told by their year: three of one day, one more of the next than a file holds, and on the day
// after that some in every state.
const three = "from=2016-03-01&to=2016-03-01";
const many = "from=2016-03-02&to=2016-03-02";
const states = "from=2016-03-03&to=2016-03-03&sort=oldest";
const rogue = '=HYPERLINK("http://x.test","Salon")';
const wrote = (n: number) => `ORD-2016-${String(n).padStart(6, "0")}`;

beforeAll(async () => {
  // So many at once: by a superuser, without the triggers that ask for the row of the trail of each.
  const name = new URL(process.env.ADMIN_DATABASE_URL!).pathname.slice(1);
  await withClient(ofDatabase(inject("seeded").superuserUrl, name), async (superuser) => {
    await superuser.query("set session_replication_role = replica");
    await superuser.query("update app.partners set name = $2 where id = $1", [stores.budi, rogue]);
    await superuser.query(
      `
      insert into app.orders (number, partner_id, placed_by, placed_by_name, credit_light, credit_inputs, tier,
        market_total, total, status, checkout_key, cart_digest, created_at)
      select 'ORD-2016-' || lpad(n::text, 6, '0'), $1, $2, 'Ibu Rahayu', 'GREEN', '{"reason": "WITHIN_LIMIT"}', 'GOLD',
             9000000, 1350000 + n, case when n in (2, 5) then 'SHIPPED' else 'SUBMITTED' end, gen_random_uuid(), 'x',
             case when n <= 3 then timestamptz '2016-03-01 14:05:09+07' else '2016-03-02 00:00:00+07' end
        from generate_series(1, $3::int) n`,
      [stores.budi, people.budi, exportMost + 4],
    );
    await superuser.query(
      `
      insert into app.orders (number, partner_id, placed_by, placed_by_name, acting_session_id, credit_light,
        credit_inputs, tier, market_total, total, status, held, sync_status, synced_at, checkout_key, cart_digest,
        created_at)
      select 'ORD-2016-90000' || n, $1, case when shadow then $3::uuid else $2 end,
             case when shadow then 'Sari' else 'Ibu Rahayu' end, case when shadow then gen_random_uuid() end, light,
             '{"reason": "NO_DATA"}', 'GOLD', 9000, 9000, status, held, sync,
             case sync when 'SYNCED' then now() end, gen_random_uuid(), 'x',
             timestamptz '2016-03-03 10:00+07' + n * interval '1 min'
        from (values (1, 'SUBMITTED', true, 'AMBER', 'FAILED', true), (2, 'CANCELLED', true, 'AMBER', 'FAILED', false),
                     (3, 'SHIPPED', false, 'AMBER', 'SYNCED', false), (4, 'SUBMITTED', false, 'GREEN', 'SYNCED', false))
               as x (n, status, held, light, sync, shadow)`,
      [stores.maya, people.maya, people.sari],
    );
    await superuser.query("update app.accounts set status = 'SUSPENDED' where id = $1", [people.maya]);
  });
});

async function take(who: Who | null, format: string, query: string, method: "GET" | "HEAD" = "GET") {
  const cookie = who ? await cookieOf(persons[who]) : "";
  const answer = await ask(site.origin, `/admin/orders/export/${format}?${query}`, { method, headers: { cookie } });
  return { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) };
}
const noted = async () =>
  (
    await owner.query<{ by: string; detail: object }>(
      "select actor_code as by, detail from app.audit_events where action = 'ORDERS_EXPORTED' order by id",
    )
  ).rows;

test("a workbook has the orders of the list in its order, money and moments as such, and no name runs", async () => {
  const { status, headers, body } = await take("admin", "xlsx", `${three}&sort=total`);
  expect([status, headers.get("content-type"), headers.get("content-disposition")]).toEqual([
    200,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    expect.stringMatching(/^attachment; filename="orders-\d{8}-\d{4}\.xlsx"$/),
  ]);
  const { rows, frozen, formats } = await readSheet(body);
  const [headings, ...orders] = rows;
  const of = (heading: string) => orders.map((order) => order[headings!.indexOf(heading)]);
  expect(frozen).toBe(1);
  expect(of(t.number)).toEqual([wrote(3), wrote(2), wrote(1)]);
  expect(of(t.total)).toEqual([1_350_003, 1_350_002, 1_350_001]);
  expect(formats[headings!.indexOf(t.total)]).toBe("#,##0");
  expect(of(t.store)).toEqual([rogue, rogue, rogue]);
  expect(of(t.status)).toEqual([t.statuses.SUBMITTED, t.statuses.SHIPPED, t.statuses.SUBMITTED]);
  const [at] = of(t.saved.placedAt);
  expect(new Date(Math.round((Number(at) - 25_569) * 86_400_000)).toISOString()).toBe("2016-03-01T14:05:09.000Z");
  expect(formats[headings!.indexOf(t.saved.placedAt)]).toBe("yyyy-mm-dd hh:mm:ss");
  // The list does not say who of a store placed its order.
  expect(JSON.stringify(rows)).not.toContain("Rahayu");
});

test("a CSV has the same as codes, with its mark and CRLF, and no formula runs", async () => {
  const { status, headers, body } = await take("auditor", "csv", `${three}&status=SHIPPED`);
  expect([status, headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
  expect(body.toString()).toBe(
    '\uFEFF"number","placedAt","storeCode","storeName","storeSuspended","status","held","waitsForCredit","sync",' +
      '"shadow","salesman","total"\r\n' +
      `"${wrote(2)}","2016-03-01T14:05:09+07:00","PTR-0001","'=HYPERLINK(""http://x.test"",""Salon"")",false,"SHIPPED",` +
      'false,false,"PENDING_SYNC",false,,1350002\r\n',
  );
});

test("each file is in the trail by who took it, how many and which filters, but not by what was sought", async () => {
  const before = (await noted()).length;
  await take("admin", "xlsx", `${three}&status=SUBMITTED&q=PTR-0001`);
  await take("auditor", "csv", `${three}&sort=oldest&after=nowhere&back=%2Fadmin%2Forders`);
  // Looking at what a file would be called is not taking it.
  await take("admin", "xlsx", three, "HEAD");
  const days = { from: "2016-03-01", to: "2016-03-01" };
  expect((await noted()).slice(before)).toEqual([
    { by: "ADM-001", detail: { format: "XLSX", rows: 2, cut: false, status: "SUBMITTED", search: true, ...days } },
    { by: expect.stringMatching(/^AUD-/), detail: { format: "CSV", rows: 3, cut: false, sort: "oldest", ...days } },
  ]);
});

test("a file holds ten thousand orders, and says in its last row and in the trail when there are more", async () => {
  const cut = t.saved.cut(formatNumber(exportMost, "id"));
  const { rows } = await readSheet((await take("admin", "xlsx", many)).body);
  expect(rows).toHaveLength(1 + exportMost + 1);
  expect(rows.at(-1)![0]).toBe(cut);
  expect(rows.at(-2)![0]).toBe(wrote(5));
  const lines = (await take("admin", "csv", `${many}&sort=oldest`)).body.toString().trimEnd().split("\r\n");
  expect(lines).toHaveLength(1 + exportMost + 1);
  expect(lines.at(-1)).toBe(`"${cut}"${",".repeat(11)}`);
  expect((await noted()).slice(-2).map(({ detail }) => detail)).toEqual([
    expect.objectContaining({ rows: exportMost, cut: true }),
    expect.objectContaining({ rows: exportMost, cut: true }),
  ]);
});

test("a list that is just as long as a file is not said to be cut, nor goes on where its page was", async () => {
  const lines = (await take("admin", "csv", `${many}&status=SUBMITTED`)).body.toString().trimEnd().split("\r\n");
  expect(lines).toHaveLength(1 + exportMost);
  expect(lines.at(-1)).toContain(wrote(4));
  expect((await noted()).at(-1)!.detail).toMatchObject({ rows: exportMost, cut: false });
  const next = /\?[^"]*after=[^"]*/.exec(await pageFor(site, persons.admin, `/admin/orders?${many}`))![0];
  expect(await pageFor(site, persons.admin, `/admin/orders${next.replaceAll("&amp;", "&")}`), "control").not.toContain(
    wrote(exportMost + 4),
  );
  const from = await take("admin", "csv", next.slice(1).replaceAll("&amp;", "&"));
  expect(from.body.toString().split("\r\n")[1]).toContain(wrote(exportMost + 4));
});

test("each state is told as the list tells it, and each filter holds", async () => {
  const { rows } = await readSheet((await take("admin", "xlsx", states)).body);
  const [headings, ...orders] = rows;
  const of = (heading: string) => orders.map((order) => order[headings!.indexOf(heading)] ?? null);
  expect(of(t.list.held), "what has ended is held no more").toEqual([messages("id").ui.yes, null, null, null]);
  expect(of(t.saved.credit), "nor waits").toEqual([messages("id").credit.lights.AMBER, null, null, null]);
  expect(of(t.sync)).toEqual([t.syncStatuses.FAILED, t.syncEnded, t.syncStatuses.SYNCED, t.syncStatuses.SYNCED]);
  const store = t.placement.placedByStore;
  expect(of(t.placedBy)).toEqual(["Sari", store, store, store]);
  const csv = async (query: string) =>
    (await take("admin", "csv", query)).body.toString().trimEnd().split("\r\n").slice(1);
  expect((await csv(states)).map((line) => line.split(",").slice(4, 11).join())).toEqual([
    'true,"SUBMITTED",true,true,"FAILED",true,"Sari"',
    'true,"CANCELLED",false,false,"FAILED",false,',
    'true,"SHIPPED",false,false,"SYNCED",false,',
    'true,"SUBMITTED",false,false,"SYNCED",false,',
  ]);
  const found = async (filter: string) =>
    (await csv(`${states}&${filter}`)).map((line) => Number(/90000(\d)/.exec(line)![1]));
  expect([await found("sync=FAILED"), await found("shadow=yes"), await found("q=ORD-2016-900003")]).toEqual([
    [1],
    [1],
    [3],
  ]);
  expect(await found("held=yes")).toEqual([1]);
});

test("the page says how many orders a file will have, and leads to it with its filters", async () => {
  const page = async (query: string) =>
    (await pageFor(site, persons.admin, `/admin/orders?${query}`)).replaceAll("&amp;", "&");
  const shown = await page(`${three}&status=SUBMITTED`);
  expect(shown).toContain(t.saved.lead("2", "10.000"));
  expect(shown).toContain(`href="/admin/orders/export/xlsx?status=SUBMITTED&${three}"`);
  expect(await page(three)).toContain(t.saved.lead("3", "10.000"));
  expect(await page(many)).toContain(t.saved.lead("1.000+", "10.000"));
  expect(await page("q=nobodyhere")).not.toContain("/admin/orders/export/");
});

test("nobody but staff gets a file, no other kind of file is there, and a day that is none gets nothing", async () => {
  const before = (await noted()).length;
  for (const who of ["budi", "sari"] as const)
    for (const format of ["xlsx", "csv"]) expect([who, (await take(who, format, three)).status]).toEqual([who, 403]);
  // Each of the two guards by itself: the page's, where nothing is asked of the database, and the database's.
  for (const who of ["budi", "sari"] as const) {
    expect([who, (await take(who, "xlsx", three, "HEAD")).status]).toEqual([who, 403]);
    await expect(
      writeAs(persons[who], { ip: "203.0.113.5", userAgent: "test", requestId: "test" }, (db) =>
        exportOrders(db, "csv", readOrderFilter(new URLSearchParams(three))),
      ),
    ).rejects.toMatchObject({ reason: "DENIED" });
  }
  expect((await take(null, "xlsx", three)).status).toBe(303);
  expect((await take("admin", "pdf", three)).status).toBe(404);
  expect((await take("admin", "csv", "from=2016-02-31")).status).toBe(400);
  expect(await noted()).toHaveLength(before);
  expect((await take("admin", "csv", three)).status, "control").toBe(200);
});
