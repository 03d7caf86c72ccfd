import { beforeAll, expect, test } from "vitest";
import { lookUp } from "#app/lookup/lookup.server.ts";
import { sameNumber, theNumber } from "#tests/support/phones.ts";
import { read, signedIn } from "#tests/support/signed-in.ts";
import { pageFor, servedApp } from "#tests/support/site.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

// Staff types anything into one field, and stands before what he meant.
const { owner, persons } = signedIn("admin", "auditor", "budi", "sari");
const site = servedApp();
const value = async (text: string) => (await owner.query<{ v: string }>(text)).rows[0]!.v;
const search = (typed: string) => `/admin/search?q=${encodeURIComponent(typed)}`;
const open = async (person: (typeof persons)["admin"], path: string) =>
  ask(site.origin, path, { headers: { cookie: await cookieOf(person) } });
const ledTo = async (typed: string) => {
  const answer = await open(persons.admin, search(typed));
  return [answer.status, answer.headers.get("location")];
};
let order: string;
let invoice: { number: string; order: string };

beforeAll(async () => {
  order = await value("select number as v from app.orders where number like 'ORD-2026-%' order by id limit 1");
  const [number, of] = (
    await value(`select i.number || ' ' || o.number as v from app.invoices i join app.orders o on o.id = i.order_id
                  order by i.id limit 1`)
  ).split(" ");
  invoice = { number: number!, order: of! };
  await owner.query(
    `update app.partner_contacts set owner_whatsapp = '${theNumber}', owner_email = 'Rina.Salon@Contoh.test'
      where partner_id = (select id from app.partners where code = 'PTR-0002')`,
  );
});

test("an order by its number, whole or as it is said", async () => {
  const digits = order.slice(-6);
  for (const typed of [order, order.toLowerCase(), ` ${order} `, digits, `ORD ${Number(digits)}`])
    expect([typed, ...(await ledTo(typed))]).toEqual([typed, 303, `/admin/orders/${order}`]);
});

test("a few digits are a choice, also where they are of one thing alone", async () => {
  const holding = async (typed: string) => {
    const answer = await open(persons.admin, search(typed));
    expect([typed, answer.status]).toEqual([typed, 200]);
    return new Set(
      [...(await answer.text()).matchAll(/<li><a href="\/admin\/(\w+\/[^"]+)"/g)].map(([, place]) => place!),
    );
  };
  const few = String(Number(order.slice(-6)));
  expect(await holding(few)).toContain(`orders/${order}`);
  const found = await holding("0124");
  expect([...found]).toEqual(["articles/ALF-0124"]);
  expect(await holding("12")).toContain("stores/PTR-0012");
  expect(await holding("12")).toContain("articles/ALF-0012");
  expect(await holding("0812")).toContain("stores/PTR-0002");
  expect(await holding(String(Number(invoice.number.slice(-6))))).toContain(`orders/${invoice.order}`);
});

test("a store by its owner's telephone, however it is written; its orders stand on its page", async () => {
  for (const typed of [...sameNumber, "0812 3456 78"])
    expect([typed, ...(await ledTo(typed))]).toEqual([typed, 303, "/admin/stores/PTR-0002"]);
  const newest = await value(`select max(o.number) as v from app.orders o
    join app.partners p on p.id = o.partner_id where p.code = 'PTR-0002'`);
  expect(await pageFor(site, persons.admin, "/admin/stores/PTR-0002")).toContain(`/admin/orders/${newest}`);
});

test("a lead by name, person, telephone, address, number; nothing of an erased one", async () => {
  const lead = {
    business_name: "Griya Cantik Melati",
    contact_name: "Ibu Wulandari",
    phone_whatsapp: "6285700011122",
    city: "Surabaya",
    salon_type: "SALON",
    email: "Wulan@Melati.test",
  };
  const taken = await owner.query("select app.submit_lead($1, 'test/of-the-search', 'id', null, false)", [lead]);
  expect(taken.rowCount).toBe(1);
  const ref = await value("select max(ref) as v from app.leads");
  const place = `/admin/leads/${ref}`;
  for (const typed of ["cantik mel", "WULANDARI", "0857-0001-1122", "0857 0001", "wulan@", "wulan@melati.test", ref])
    expect([typed, ...(await ledTo(typed))]).toEqual([typed, 303, place]);
  const few = await pageFor(site, persons.admin, search("0857"));
  expect(few).toMatch(new RegExp(`<h2>Calon mitra</h2>.*${place}.*Ibu Wulandari, Surabaya`, "s"));
  await owner.query("select private.erase_lead(l, 'RETENTION') from app.leads l where ref = $1", [ref]);
  for (const typed of ["cantik mel", "WULANDARI", "0857-0001-1122", "wulan@melati.test"])
    expect((await ledTo(typed))[0], typed).toBe(200);
  expect(await ledTo(ref.toLowerCase()), "its number still leads to what is left of it").toEqual([303, place]);
});

test("by address, code, SKU, invoice, ERP document, incident", async () => {
  const document = await value(
    "select erp_document || ' ' || number as v from app.orders where erp_document is not null limit 1",
  );
  const ref = await value("select (private.open_incident(3, 'OWNER_DISPUTE', 'cari/1', 'SLS-001')).ref as v").catch(
    async () => {
      await owner.query("select private.open_incident(3, 'OWNER_DISPUTE', 'cari/1', 'SLS-001')");
      return value("select ref as v from app.incidents where dedup_key = 'cari/1'");
    },
  );
  const all: Array<[string, string]> = [
    ["rina.salon@contoh.test", "/admin/stores/PTR-0002"],
    ["RINA.SALON@", "/admin/stores/PTR-0002"],
    ["sari@demo.test", "/admin/accounts/SLS-001"],
    ["PTR-0001", "/admin/stores/PTR-0001"],
    ["ptr 1", "/admin/stores/PTR-0001"],
    ["sls1", "/admin/accounts/SLS-001"],
    ["ALF-0001", "/admin/articles/ALF-0001"],
    ["alf1", "/admin/articles/ALF-0001"],
    [invoice.number, `/admin/orders/${invoice.order}`],
    [document.split(" ")[0]!, `/admin/orders/${document.split(" ")[1]}`],
    [ref, `/admin/incidents/${ref}`],
  ];
  for (const [typed, place] of all) expect([typed, ...(await ledTo(typed))]).toEqual([typed, 303, place]);
});

test("names: one leads straight there; several are a list, each a link, ten of a kind", async () => {
  const only = await value("select name as v from app.partners where code = 'PTR-0001'");
  expect(await ledTo(only)).toEqual([303, "/admin/stores/PTR-0001"]);
  const shown = await pageFor(site, persons.auditor, search("salon"), "en");
  const places = [...shown.matchAll(/<li><a href="(\/admin\/(?:stores|accounts|articles)\/[^"]+)"/g)].map(
    ([, to]) => to,
  );
  expect(places.length).toBeGreaterThan(1);
  expect(places.filter((place) => place!.startsWith("/admin/stores/"))).toHaveLength(10);
  expect(/<h2>Stores<\/h2>.*?<\/section>/s.exec(shown)?.[0], "that there are more").toContain("The first 10 are shown");
  expect((await pageFor(site, persons.admin, search("sampo"))).match(/\/admin\/articles\//g)!.length).toBeGreaterThan(
    1,
  );
});

test("a withdrawn article is found, and has its page", async () => {
  await owner.query("update app.products set active = false where sku = 'ALF-0002'");
  expect(await ledTo("alf-0002")).toEqual([303, "/admin/articles/ALF-0002"]);
  expect(await pageFor(site, persons.admin, "/admin/articles/ALF-0002", "en")).toContain("Not sold any more");
});

test("nothing found, nothing typed, and what is no question: what can be typed is said", async () => {
  for (const typed of ["zzzqqq", "", "  ", "%", "_", "\\", "'; drop", "99999", "+"]) {
    const answer = await open(persons.admin, search(typed));
    expect([typed, answer.status]).toEqual([typed, 200]);
    expect(await answer.text()).toContain("Apa yang dapat dicari");
  }
  expect(await pageFor(site, persons.admin, search("zzzqqq"))).toContain("Tidak ada yang cocok dengan «zzzqqq»");
});

test("the field stands on every page of staff and on nobody else's, and nobody else is answered", async () => {
  const field = 'action="/admin/search"';
  for (const path of ["/admin", "/admin/settings", "/admin/orders/ORD-1999-000001"])
    expect(await (await open(persons.admin, path)).text()).toContain(field);
  expect(await pageFor(site, persons.budi, "/dashboard")).not.toContain(field);
  for (const person of [persons.budi, persons.sari]) {
    for (const typed of ["PTR-0001", order, "salon", "ALF-0001"])
      await expect(read(person, (db) => lookUp(db, typed))).rejects.toMatchObject({ reason: "DENIED" });
    expect((await open(person, search("PTR-0001"))).status).toBe(403);
  }
  await expect(read(null, (db) => lookUp(db, "salon"))).rejects.toBeDefined();
  expect(await read(persons.auditor, (db) => lookUp(db, "PTR-0001"))).toHaveLength(1); // Control.
});
