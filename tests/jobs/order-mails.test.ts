import { expect, test } from "vitest";
import { sendDueMails } from "#jobs/mails.ts";
import { freshDatabase } from "#tests/support/database.ts";
import { mailProvider } from "./support/mail.ts";
import { queriesOf } from "./support/queries.ts";

const database = freshDatabase();
const queries = queriesOf(database);
const mail = mailProvider();

const pass = async () => {
  while ((await sendDueMails({ queries, ...mail.sending() })) === 0) continue;
};
/** Changes an order as SQL by hand does, with its row of the trail. */
const change = (number: string, what: string) =>
  database.one(
    `
      with changed as (update app.orders set ${what} where number = $1 returning number)
        select private.audit('ORDER_MOVED', 'order', number) from changed`,
    [number],
  );
const speak = (language: string) => database.one("update app.accounts set language = $1", [language]);
const sent = () =>
  mail.state
    .list()
    .map(({ subject }) => subject)
    .reverse();

test.each([
  [
    "id",
    {
      received: (n: string) => `Order ${n} sudah kami terima`,
      approved: (n: string) => `Order ${n} disetujui`,
      held: (n: string) => `Order ${n} ditahan sementara`,
      released: (n: string) => `Order ${n} dilanjutkan`,
      cut: (n: string) => `Ada perubahan pada order ${n}`,
      shipped: (n: string) => `Order ${n} dikirim`,
      words: ["Halo Salon Budi Surabaya", "Total sebelumnya", "Rp 1.000.000", "Hubungi kami lewat WhatsApp"],
    },
  ],
  [
    "en",
    {
      received: (n: string) => `We have your order ${n}`,
      approved: (n: string) => `Order ${n} is approved`,
      held: (n: string) => `Order ${n} is on hold`,
      released: (n: string) => `Order ${n} goes on`,
      cut: (n: string) => `Your order ${n} has changed`,
      shipped: (n: string) => `Order ${n} is on its way`,
      words: ["Hello Salon Budi Surabaya", "Total before", "Rp 1.000.000", "Contact us by WhatsApp"],
    },
  ],
] as const)("what becomes of an order reaches its owner once, in his language: %s", async (language, expected) => {
  await speak(language);
  const number = await database.placeOrder();
  await pass();
  for (const what of [
    "status = 'APPROVED'",
    "held = true",
    "held = false",
    "total = 1000000",
    "status = 'SHIPPED'",
    "status = 'COMPLETED'",
  ]) {
    await change(number, what);
    await pass();
  }
  await database.one("update app.mails set next_attempt_at = now()");
  await pass();
  expect(sent()).toEqual(
    [expected.received, expected.approved, expected.held, expected.released, expected.cut, expected.shipped].map(
      (subject) => subject(number),
    ),
  );
  const all = mail.state.list();
  expect(new Set(all.flatMap(({ to }) => to))).toEqual(new Set(["budi@demo.test"]));
  for (const { html, text } of all) {
    expect(html).toContain(`lang="${language}"`);
    expect(text).toContain(`https://b2b.alfa.test/orders/${number}`);
    expect(text).not.toMatch(/undefined|NaN|\bnull\b/);
  }
  const text = all.map((mail) => mail.text).join("\n");
  for (const words of expected.words) expect(text).toContain(words);
  expect(all.at(-1)!.text).toContain("Sampo 1 (3 x Rp 450.000)");
});

/** An admin ends an order. */
const end = (number: string, status: "REJECTED" | "CANCELLED", detail: object) =>
  database.one(
    `
      with e as (insert into app.order_events (order_id, kind, actor, detail) select id, $2, 'Admin', $3::jsonb
        from app.orders where number = $1 returning order_id),
    changed as (update app.orders set status = $2 from e where id = e.order_id returning number)
      select private.audit('ORDER_MOVED', 'order', number) from changed`,
    [number, status, JSON.stringify(detail)],
  );

test("rejected: the admin's words; cancelled: none of staff's; a salesman's: alerted, not confirmed", async () => {
  await speak("id");
  const [first, second] = [await database.placeOrder(), await database.placeOrder({ shadow: true })];
  await end(first, "REJECTED", { note: "Lunasi dulu INV-7", forStore: true });
  await end(second, "CANCELLED", { note: "Toko suka menunggak" });
  await pass();
  expect(sent()).toEqual([
    `Order ${first} sudah kami terima`,
    `Order ${first} tidak dapat disetujui`,
    `Order ${second} dibatalkan`,
  ]);
  const text = mail.state
    .list()
    .map((mail) => mail.text)
    .join("\n");
  expect(text).toContain("Pesan dari admin: Lunasi dulu INV-7");
  expect(text).not.toContain("menunggak");
});

test("the provider's answer lost, the mail is sent again under its key and arrives once", async () => {
  await speak("id");
  const number = await database.placeOrder();
  mail.state.mode = "500";
  await pass();
  mail.state.mode = "up";
  await database.one("update app.mails set next_attempt_at = now() where state = 'PENDING'");
  await pass();
  expect(sent()).toEqual([`Order ${number} sudah kami terima`]);
  expect(
    await database.one(
      "select state, attempts from app.mails where order_id = (select id from app.orders where number = $1)",
      [number],
    ),
  ).toEqual({ state: "SENT", attempts: 2 });
});
