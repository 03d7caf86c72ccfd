import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { sendDueSms } from "#jobs/alerts.ts";
import { smsGateway } from "#jobs/sms.ts";
import { alertSms, legible } from "#jobs/sms-text.ts";
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
        "Halo Salon Budi Surabaya, Salesman Sari baru saja membuat order atas nama Anda. Hubungi kami jika ini tidak " +
        `sah. Order ${number}, total Rp 1.350.000. WA +628110000001`,
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

test("a wrong token is our mistake and waits; a number that is none is refused for good", async () => {
  const number = await database.placeOrder({ shadow: true });
  await pass("another-token");
  expect(await database.alert(number, "SMS")).toMatchObject({ state: "PENDING", last_error: "HTTP 401" });
  state.mode = "reject";
  await makeDue();
  await pass();
  expect(await database.alert(number, "SMS")).toMatchObject({ state: "FAILED" });
});

test("however long the names, it is one text of at most 306 plain letters with order, sum and warning whole", () => {
  const facts = { orderNumber: "ORD-2026-000123", total: 1_350_000 };
  for (const lang of ["id", "en"] as const) {
    const text = alertSms(
      {
        ...facts,
        storeName: "Rumah Kecantikan & Pelatihan Rias Pengantin Tradisional ".repeat(3),
        salesmanName: "Muhammad Abdurrahman ".repeat(6),
      },
      lang,
      "628110000001",
    );
    expect(text.length).toBeLessThanOrEqual(306);
    for (const part of [
      "ORD-2026-000123",
      "Rp 1.350.000",
      lang === "id" ? "Hubungi kami jika ini tidak sah." : "Contact us if this is not authorised.",
    ])
      expect(text).toContain(part);
  }
  const plain = alertSms(
    { ...facts, storeName: "Café «Élan» 💇\u202E", salesmanName: "Ni Luh–Ayu" },
    "id",
    "628110000001",
  );
  expect(plain).toContain('Halo Cafe "Elan", Salesman Ni Luh-Ayu');
  expect(plain).toMatch(/^[\x20-\x7e]*$/);
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
  expect(state.list()[0]?.text).toMatch(/^Halo PTR-0001, Salesman Sari baru saja membuat order atas nama Anda\. /);
});

test("the page shows what was sent, in both languages", async () => {
  await database.placeOrder({ shadow: true });
  await pass();
  const page = async (query: string) => (await fetch(`http://127.0.0.1:${gateway.port}/dev/sms${query}`)).text();
  expect(await page("")).toContain("SMS demo");
  expect(await page("?lang=en")).toContain("+628123456789");
});
