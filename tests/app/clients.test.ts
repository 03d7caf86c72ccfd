import { expect, test } from "vitest";
import { clientSorts, readClientFilter } from "#app/shadow/client.ts";
import { reasonText, actingForm, afterActing } from "#app/shadow/acting.ts";
import { type Client, listStores } from "#app/shadow/store.server.ts";
import { messages } from "#app/words.ts";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";
import { dbOf } from "./support/shelves.ts";

async function walk(db: TestDb, query: Record<string, string>) {
  const stores: Client[] = [];
  const pages: number[] = [];
  for (let after: string | null = ""; after !== null;) {
    const filter = readClientFilter(new URLSearchParams({ ...query, after }));
    const { stores: shown, next } = await db.as(people.sari, () => listStores(dbOf(db), filter));
    stores.push(...shown);
    pages.push(shown.length);
    after = next;
  }
  return { stores, pages };
}

const time = (at: Date | null) => at?.getTime() ?? 0;
/** What each sort puts first: the smaller. */
const places: Record<(typeof clientSorts)[number], (store: Client) => number | string> = {
  RECENT: ({ lastActing, lastOrder }) => -Math.max(time(lastActing), time(lastOrder)),
  CITY: ({ city }) => city.toLowerCase(),
  ROOM: ({ room }) => -(room ?? 0),
  QUIET: ({ lastOrder }) => time(lastOrder),
};

test.each(clientSorts)("a salesman's stores by %s: each once, in order, over all pages", (by) =>
  rolledBack(async (db) => {
    await db.sql.query(
      `insert into app.assignments (salesman_id, partner_id, since)
        select $1, id, now() from app.partners on conflict do nothing`,
      [people.sari],
    );
    await db.actFor(people.sari, "PTR-0003");
    const { stores, pages } = await walk(db, { by });
    expect(pages.length).toBeGreaterThan(1);
    const codes = stores.map(({ code }) => code);
    expect([codes.length, new Set(codes).size]).toEqual(
      Array(2).fill(await db.value("select count(*)::int from app.partners")),
    );
    const order = stores.map(places[by]);
    expect(order).toEqual([...order].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
    expect(new Set(order).size).toBeGreaterThan(3);
    if (by === "RECENT") expect(stores[0]!.code).toBe("PTR-0003");
    const { stores: some } = await walk(db, { by, q: stores[0]!.name });
    expect(some.map(({ code }) => code)).toContain(stores[0]!.code);
  })(),
);

test(
  "a store is found by its city, its code with or without a hyphen, and its owner's number however it is typed",
  rolledBack(async (db) => {
    const { rows } = await db.sql.query<{ name: string; city: string; phone: string }>(
      `select p.name, p.city, c.owner_whatsapp as phone from app.partners p
         join app.partner_contacts c on c.partner_id = p.id where p.code = 'PTR-0001'`,
    );
    const { name, city, phone } = rows[0]!;
    const local = `0${phone.slice(2)}`;
    const spaced = `${local.slice(0, 4)} ${local.slice(4, 8)}-${local.slice(8)}`;
    for (const q of [city.toUpperCase(), "PTR-0001", "ptr0001", "ptr 0001", phone, `+${phone}`, local, spaced])
      expect(
        (await walk(db, { q })).stores.map((store) => store.name),
        q,
      ).toContain(name);
    for (const q of ["ptr0002", "ptr0001x", `${local}99`])
      expect(
        (await walk(db, { q })).stores.map((store) => store.name),
        q,
      ).not.toContain(name);
  }),
);

test("a usual reason is enough, words of his own are, too; what the owner reads is what he chose", () => {
  const t = messages("id");
  const said = (typed: object) => {
    const { success, data } = actingForm.safeParse(typed);
    return success ? reasonText(data, t.shadow.acting.reasons) : null;
  };
  expect(said({ why: "PHONE", reason: "" })).toBe("Pesanan lewat telepon");
  expect(said({ why: "VISIT", reason: " stok  " })).toBe("Kunjungan rutin: stok");
  expect(said({ reason: "Pemilik minta tolong" })).toBe("Pemilik minta tolong");
  expect(said({ why: "NONE", reason: "x" })).toBeNull();
  expect(said({})).toBeNull();
  const longest = Object.values(t.shadow.acting.reasons).map((word) => word.length + 2 + 160);
  expect(Math.max(...longest), "fits the column").toBeLessThanOrEqual(200);
});

test("after a session he goes on where he was, unless that page needs a store", () => {
  expect(afterActing("/clients?by=CITY")).toBe("/clients?by=CITY");
  expect(afterActing("/clients/PTR-0003")).toBe("/clients/PTR-0003");
  expect(afterActing("/products/SHA-001")).toBe("/products/SHA-001");
  for (const path of ["/cart", "/checkout", "/orders/ORD-2026-000001", "", "/clientsx"])
    expect(afterActing(path)).toBe("/clients");
});
