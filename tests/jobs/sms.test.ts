import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { sendDueSms } from "#jobs/alerts.ts";
import { smsGateway } from "#jobs/sms.ts";
import { alertSms, legible, longestAppUrl, shortUrl } from "#jobs/sms-text.ts";
import { rupiah } from "#emails/format.ts";
import { smsHandlers } from "#mocks/sms/handlers.ts";
import { SmsState } from "#mocks/sms/state.ts";
import { serve, type Served } from "#mocks/serve.ts";
import { freshDatabase } from "#tests/support/database.ts";
import { queriesOf } from "./support/queries.ts";

const database = freshDatabase();
const queries = queriesOf(database);
let gateway: Served;
let state: SmsState;

beforeAll(() => queries.declareChannels(["EMAIL", "SMS"]));
beforeEach(async () => {
  state = new SmsState();
  gateway = await serve(smsHandlers(state, { token: "gateway-token" }), 0);
});
afterEach(() => gateway.close());

const pass = (token = "gateway-token") =>
  sendDueSms({
    queries,
    deliver: smsGateway({
      url: `http://127.0.0.1:${gateway.port}/messages`,
      token,
      sender: "ALFABEAUTY",
      deadlineMs: 2_000,
    }),
    appUrl: "https://b2b.alfa.test",
    whatsapp: "628110000001",
  });
const codeOf = (number: string) =>
  database.value<string>("select private.dispute_code(id) from app.orders where number = $1", [number]);
const makeDue = () => database.one("update app.shadow_alerts set next_attempt_at = now() where state = 'PENDING'");

test("the owner's phone gets the sentence, once, under a key of its own", async () => {
  const number = await database.placeOrder({ shadow: true });
  await pass();
  await makeDue();
  await pass();
  const id = await database.value<string>("select id from app.orders where number = $1", [number]);
  expect(state.list()).toMatchObject([
    {
      to: "628123456789",
      sender: "ALFABEAUTY",
      idempotency_key: `shadow-alert/${id}/sms`,
      text:
        "Halo Salon Budi Surabaya, Salesman Sari membuat order Rp 1.350.000 atas nama Anda. " +
        `Bukan Anda? https://b2b.alfa.test/b/${await codeOf(number)}`,
    },
  ]);
  expect(await database.alert(number, "SMS")).toMatchObject({
    state: "SENT",
    attempts: 1,
    provider_id: state.list()[0]?.id,
  });
  expect(await database.alert(number)).toMatchObject({ state: "PENDING" }); // The e-mail has its own life.
});

test.each([
  ["down", "AMBIGUOUS"],
  ["lost", "AMBIGUOUS"],
  ["500", "AMBIGUOUS"],
  ["429", "RETRY"],
] as const)("a gateway that is %s: later, and one text in the end", async (mode, outcome) => {
  const number = await database.placeOrder({ shadow: true });
  state.mode = mode;
  await pass();
  expect(await database.attempts(number)).toEqual([`SMS ${outcome}`]);
  state.mode = "up";
  await makeDue();
  await pass();
  expect(await database.alert(number, "SMS")).toMatchObject({ state: "SENT" });
  expect(state.list()).toHaveLength(1);
});

test("lost on the way, the text that comes again opens the same order; the link is kept nowhere", async () => {
  const number = await database.placeOrder({ shadow: true });
  state.mode = "500";
  await pass();
  state.mode = "up";
  await makeDue();
  await pass();
  const code = /\/b\/(\w+)$/.exec(state.list()[0]!.text)![1]!;
  expect(await database.value("select app.read_dispute($1) ->> 'number'", [code])).toBe(number);
  expect(await tablesWith(code)).toEqual([]);
  expect(await tablesWith(code.slice(-16))).toEqual([]);
  expect(await tablesWith(number), "control: what is stored is found").toContain("app.orders");
});

/** The tables that hold a text in any column of any row. */
async function tablesWith(text: string) {
  const tables = await database.value<string[]>(
    `select array_agg(format('%I.%I', schemaname, tablename)) from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const held = await Promise.all(
    tables.map((table) =>
      database.value<boolean>(`select exists (select from ${table} t where t::text like '%' || $1 || '%')`, [text]),
    ),
  );
  return tables.filter((_, at) => held[at]);
}

test("a wrong token is our mistake and waits; a number that is none is refused for good", async () => {
  const number = await database.placeOrder({ shadow: true });
  await pass("another-token");
  expect(await database.alert(number, "SMS")).toMatchObject({ state: "PENDING", last_error: "HTTP 401" });
  state.mode = "reject";
  await makeDue();
  await pass();
  expect(await database.alert(number, "SMS")).toMatchObject({ state: "FAILED" });
});

test.each(["id", "en"] as const)(
  "however long names, sum and address are, it is one text of 160 letters: %s",
  (lang) => {
    const url = shortUrl(`https://${"a".repeat(longestAppUrl - 8)}`, `123456789${"c".repeat(16)}`);
    const names = [
      "Rumah Kecantikan & Pelatihan Rias Pengantin ".repeat(3),
      "Muhammad Abdurrahman ".repeat(6),
      "Ani",
      "💇",
    ];
    for (const storeName of names)
      for (const salesmanName of names)
        for (const total of [1, 1_350_000, 9_999_999_999_999]) {
          const text = alertSms({ storeName, salesmanName, total, url }, lang);
          expect(text.length).toBeLessThanOrEqual(160);
          expect(text.endsWith(` ${url}`)).toBe(true);
          expect(text).toContain(`${rupiah(total)} `);
          expect(text, "each of them counts once in the GSM alphabet").toMatch(/^[\x20-\x5A_a-z]*$/);
        }
    const usual = {
      storeName: "Salon Budi Surabaya",
      salesmanName: "Sari",
      total: 1_350_000,
      url: shortUrl("https://b2b.alfa.test", "1".repeat(23)),
    };
    expect(alertSms(usual, lang)).toContain(`${usual.storeName}, `);
  },
);

test("names are written in plain letters", () => {
  const facts = { storeName: "Café «Élan» 💇\u202E", salesmanName: "Ni Luh–Ayu", total: 1, url: "https://x.test/b/1" };
  expect(alertSms(facts, "id")).toContain('Halo Cafe "Elan", Salesman Ni Luh-Ayu');
});

test.each([
  ["Łódź", "Lodz"],
  ["Đặng Thị Hương", "Dang Thi Huong"],
  ["Straße Øre", "Strasse Ore"],
  ["Салон Анна", "Salon Anna"],
  ["美发沙龙", "MeiFaShaLong"],
  ["💇💇", "PTR-0001"],
  ["!!", "PTR-0001"],
  ["Salon 💇 Budi", "Salon Budi"],
])("the name %s stands in it as %s", (name, written) => expect(legible(name, "PTR-0001")).toBe(written));

test("an owner and a salesman whose names have no letters are called by their codes", async () => {
  await database.one("update app.partners set name = '💇' where code = 'PTR-0001'");
  await database.placeOrder({ shadow: true });
  await pass();
  expect(state.list()[0]?.text).toMatch(/^Halo PTR-0001, Salesman Sari membuat order /);
});

test("the page shows what was sent, in both languages", async () => {
  await database.placeOrder({ shadow: true });
  await pass();
  const page = async (query: string) => (await fetch(`http://127.0.0.1:${gateway.port}/dev/sms${query}`)).text();
  expect(await page("")).toContain("SMS demo");
  expect(await page("?lang=en")).toContain("+628123456789");
});
