import { expect, test } from "vitest";
import { sendDueAlerts } from "#jobs/alerts.ts";
import type { WorkerQueries } from "#jobs/queries.ts";
import { freshDatabase } from "#tests/support/database.ts";
import { mailProvider } from "./support/mail.ts";
import { queriesOf } from "./support/queries.ts";

const database = freshDatabase();
const queries = queriesOf(database);
const provider = mailProvider();

const pass = (using: WorkerQueries = queries, port?: number) =>
  sendDueAlerts({ queries: using, ...provider.sending(port) });
const makeDue = () => database.one("update app.shadow_alerts set next_attempt_at = now() where state = 'PENDING'");
const outcomes = (number: string) => database.attempts(number);
const phoneTask = (number: string) =>
  database.one("select done_at is null as open, done_by, note from app.tasks where dedup_key = $1", [
    `phone-owner/${number}`,
  ]);

test("the owner of the store is told once, of every line, with a link to the order and one to say no", async () => {
  const number = await database.placeOrder({ shadow: true });
  await pass();
  await makeDue();
  await pass();

  expect(provider.state.list()).toHaveLength(1);
  const [mail] = provider.state.list();
  expect(mail).toMatchObject({ to: ["budi@demo.test"], from: "Alfa <order@alfa.test>" });
  expect(mail?.text).toContain(
    "Halo Salon Budi Surabaya, Salesman Sari baru saja membuat order atas nama Anda. Hubungi kami jika ini tidak " +
      `sah. Order ${number}, total Rp 1.350.000.`,
  );
  expect(mail?.text).toContain("Sampo 1 (3 x Rp 450.000)");
  expect(mail?.html).toContain(`https://b2b.alfa.test/orders/${number}`);
  const token = await database.value<string>("select private.dispute_token(id) from app.orders where number = $1", [
    number,
  ]);
  expect(mail?.html).toContain(`https://b2b.alfa.test/bukan-saya/${token}`);
  expect(await database.alert(number)).toMatchObject({ state: "SENT", attempts: 1, provider_id: mail?.id });
  expect(await outcomes(number)).toEqual(["EMAIL ACCEPTED"]);
});

test("an order that the store placed itself alerts nobody", async () => {
  await database.placeOrder();
  await pass();
  expect(provider.state.list()).toEqual([]);
});

test.each([
  ["down", "AMBIGUOUS"],
  ["500", "AMBIGUOUS"],
  ["lost", "AMBIGUOUS"],
  ["429", "RETRY"],
] as const)("while the provider is %s the alert waits, and goes out once when it is back", async (mode, outcome) => {
  const number = await database.placeOrder({ shadow: true });
  provider.state.mode = mode;
  await pass();
  const waiting = await database.alert(number);
  expect(waiting).toMatchObject({ state: "PENDING", attempts: 1 });
  expect(waiting?.last_error).toBeTruthy();
  expect(waiting?.uncertain_since === null).toBe(outcome === "RETRY");

  provider.state.mode = "up";
  const before = provider.state.list().length;
  await pass();
  expect(provider.state.list()).toHaveLength(before); // not due yet: retries do not hammer
  await makeDue();
  await pass();
  expect(await database.alert(number)).toMatchObject({
    state: "SENT",
    attempts: 2,
    last_error: null,
    uncertain_since: null,
  });
  expect(await outcomes(number)).toEqual([`EMAIL ${outcome}`, "EMAIL ACCEPTED"]);
  expect(provider.state.list()).toHaveLength(1);
});

test("where nobody listens nothing can have gone out, and the alert may wait for days", async () => {
  const number = await database.placeOrder({ shadow: true });
  await pass(queries, 9);
  expect(await database.alert(number)).toMatchObject({ state: "PENDING", uncertain_since: null });
  expect(await outcomes(number)).toEqual(["EMAIL RETRY"]);
  await database.one("update app.shadow_alerts set created_at = now() - interval '4 days' where state = 'PENDING'");
  await makeDue();
  await pass();
  expect(await database.alert(number)).toMatchObject({ state: "SENT" });
});

test("an address the provider will never take is FAILED, for a person to phone", async () => {
  const number = await database.placeOrder({ shadow: true });
  provider.state.mode = "reject";
  await pass();
  expect(await database.alert(number)).toMatchObject({ state: "FAILED" });
  expect(await phoneTask(number)).toMatchObject({ open: true });
});

test("what may have gone out longer ago than the provider remembers is not sent again: somebody phones", async () => {
  const number = await database.placeOrder({ shadow: true });
  provider.state.mode = "lost";
  await pass();
  expect(provider.state.list()).toHaveLength(1);
  provider.state.mode = "up";
  await database.one(
    "update app.shadow_alerts set uncertain_since = now() - interval '23 hours 1 minute' where state = 'PENDING'",
  );
  await makeDue();
  provider.state.clear(); // The key is forgotten: a second try would be a second mail.
  await pass();
  expect(provider.state.list()).toEqual([]);
  expect(await database.alert(number)).toMatchObject({ state: "FAILED", last_error: "ARRIVAL_UNKNOWN" });
  expect(await outcomes(number)).toEqual(["EMAIL AMBIGUOUS", "EMAIL GIVEN_UP"]);
  expect(await phoneTask(number)).toMatchObject({ open: true });
});

test("a worker dead between the provider's yes and its note sends no second mail, whatever was renamed", async () => {
  const number = await database.placeOrder({ shadow: true });
  const dying = { ...queries, settleAlert: () => Promise.reject(new Error("killed")) };
  await expect(pass(dying)).rejects.toThrow("killed");
  expect(await database.alert(number)).toMatchObject({ state: "PENDING" });

  await database.one("update app.partners set name = 'Salon Budi Baru'");
  await makeDue();
  await pass();
  await database.one("update app.partners set name = 'Salon Budi Surabaya'");
  expect(await database.alert(number)).toMatchObject({
    state: "SENT",
    attempts: 2,
    provider_id: provider.state.list()[0]?.id,
  });
  expect(await outcomes(number)).toEqual(["EMAIL AMBIGUOUS", "EMAIL ACCEPTED"]);
  expect(provider.state.list()).toHaveLength(1);
  expect(provider.state.counts).toMatchObject({ requests: 2, repeats: 1, conflicts: 0 }); // The same mail to the byte.
});

test("two workers at once never send the same alert", async () => {
  const numbers = [];
  for (let order = 0; order < 4; order += 1) numbers.push(await database.placeOrder({ shadow: true }));
  await Promise.all([pass(), pass()]);
  await pass();

  for (const number of numbers) expect(await database.alert(number)).toMatchObject({ state: "SENT", attempts: 1 });
  expect(provider.state.list()).toHaveLength(4);
});
