import { beforeAll, expect, inject, test } from "vitest";
import { exportMost } from "#app/orders/export.ts";
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

// Orders of their own, told by their year: three of one day, and more of the next than a file holds.
const three = "from=2016-03-01&to=2016-03-01";
const many = "from=2016-03-02&to=2016-03-02";
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
             9000000, 1350000 + n, case when n = 2 then 'SHIPPED' else 'SUBMITTED' end, gen_random_uuid(), 'x',
             case when n <= 3 then timestamptz '2016-03-01 14:05:09+07' else '2016-03-02 00:00:00+07' end
        from generate_series(1, $3::int) n`,
      [stores.budi, people.budi, exportMost + 4],
    );
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
  expect((await take(null, "xlsx", three)).status).toBe(303);
  expect((await take("admin", "pdf", three)).status).toBe(404);
  expect((await take("admin", "csv", "from=2016-02-31")).status).toBe(400);
  expect(await noted()).toHaveLength(before);
  expect((await take("admin", "csv", three)).status, "control").toBe(200);
});
