import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { sendDueAlerts } from "#jobs/alerts.ts";
import { openQueries, type WorkerQueries } from "#jobs/queries.ts";
import { mailer } from "#jobs/mailer.ts";
import { mailHandlers } from "#mocks/mail/handlers.ts";
import { MailState } from "#mocks/mail/state.ts";
import { serve, type Served } from "#mocks/serve.ts";
import { openWorld, type World } from "./support/world.ts";

let world: World;
let queries: WorkerQueries;
let mail: Served;
let state: MailState;

beforeAll(async () => {
  world = await openWorld();
  queries = openQueries(world.workerUrl);
});
afterAll(async () => {
  await queries.close();
  await world.remove();
});
beforeEach(async () => {
  state = new MailState();
  mail = await serve(mailHandlers(state), 0);
});
afterEach(() => mail.close());

const pass = (using: WorkerQueries = queries, port = mail.port) =>
  sendDueAlerts({
    queries: using,
    deliver: mailer({
      apiKey: "re_demo",
      baseUrl: `http://127.0.0.1:${port}`,
      from: "Alfa <order@alfa.test>",
      deadlineMs: 2_000,
    }),
    appUrl: "https://b2b.alfa.test",
    whatsapp: "628110000001",
  });
const makeDue = () => world.one("update app.shadow_alerts set next_attempt_at = now() where state = 'PENDING'");
const outcomes = (number: string) => world.attempts(number);
const phoneTask = (number: string) =>
  world.one("select done_at is null as open, done_by, note from app.tasks where dedup_key = $1", [
    `phone-owner/${number}`,
  ]);

test("the owner of the store is told once, of every line, with a link to the order and one to say no", async () => {
  const number = await world.placeOrder({ shadow: true });
  await pass();
  await makeDue();
  await pass();

  expect(state.list()).toHaveLength(1);
  const [letter] = state.list();
  expect(letter).toMatchObject({ to: ["budi@demo.test"], from: "Alfa <order@alfa.test>" });
  expect(letter?.text).toContain(
    "Halo Salon Budi Surabaya, Salesman Sari baru saja membuat order atas nama Anda. Hubungi kami jika ini tidak " +
      `sah. Order ${number}, total Rp 1.350.000.`,
  );
  expect(letter?.text).toContain("Sampo 1 (3 x Rp 450.000)");
  expect(letter?.html).toContain(`https://b2b.alfa.test/orders/${number}`);
  const token = (
    await world.one("select private.dispute_token(id) as token from app.orders where number = $1", [number])
  )?.token as string;
  expect(letter?.html).toContain(`https://b2b.alfa.test/bukan-saya/${token}`);
  expect(await world.alert(number)).toMatchObject({ state: "SENT", attempts: 1, provider_id: letter?.id });
  expect(await outcomes(number)).toEqual(["EMAIL ACCEPTED"]);
});

test("an order that the store placed itself alerts nobody", async () => {
  await world.placeOrder();
  await pass();
  expect(state.list()).toEqual([]);
});

test.each([
  ["down", "AMBIGUOUS"],
  ["500", "AMBIGUOUS"],
  ["lost", "AMBIGUOUS"],
  ["429", "RETRY"],
] as const)("while the provider is %s the alert waits, and goes out once when it is back", async (mode, outcome) => {
  const number = await world.placeOrder({ shadow: true });
  state.mode = mode;
  await pass();
  const waiting = await world.alert(number);
  expect(waiting).toMatchObject({ state: "PENDING", attempts: 1 });
  expect(waiting?.last_error).toBeTruthy();
  expect(waiting?.uncertain_since === null).toBe(outcome === "RETRY");

  state.mode = "up";
  const before = state.list().length;
  await pass();
  expect(state.list()).toHaveLength(before); // not due yet: retries do not hammer
  await makeDue();
  await pass();
  expect(await world.alert(number)).toMatchObject({
    state: "SENT",
    attempts: 2,
    last_error: null,
    uncertain_since: null,
  });
  expect(await outcomes(number)).toEqual([`EMAIL ${outcome}`, "EMAIL ACCEPTED"]);
  expect(state.list()).toHaveLength(1);
});

test("where nobody listens nothing can have gone out, and the alert may wait for days", async () => {
  const number = await world.placeOrder({ shadow: true });
  await pass(queries, 9);
  expect(await world.alert(number)).toMatchObject({ state: "PENDING", uncertain_since: null });
  expect(await outcomes(number)).toEqual(["EMAIL RETRY"]);
  await world.one("update app.shadow_alerts set created_at = now() - interval '4 days' where state = 'PENDING'");
  await makeDue();
  await pass();
  expect(await world.alert(number)).toMatchObject({ state: "SENT" });
});

test("an address the provider will never take is FAILED, for a person to phone", async () => {
  const number = await world.placeOrder({ shadow: true });
  state.mode = "reject";
  await pass();
  expect(await world.alert(number)).toMatchObject({ state: "FAILED" });
  expect(await phoneTask(number)).toMatchObject({ open: true });
});

test("what may have gone out longer ago than the provider remembers is not sent again: somebody phones", async () => {
  const number = await world.placeOrder({ shadow: true });
  state.mode = "lost";
  await pass();
  expect(state.list()).toHaveLength(1);
  state.mode = "up";
  await world.one(
    "update app.shadow_alerts set uncertain_since = now() - interval '23 hours 1 minute' where state = 'PENDING'",
  );
  await makeDue();
  state.clear(); // The key is forgotten: a second try would be a second letter.
  await pass();
  expect(state.list()).toEqual([]);
  expect(await world.alert(number)).toMatchObject({ state: "FAILED", last_error: "unknown whether it arrived" });
  expect(await outcomes(number)).toEqual(["EMAIL AMBIGUOUS", "EMAIL GIVEN_UP"]);
  expect(await phoneTask(number)).toMatchObject({ open: true });
});

test("a worker dead between the provider's yes and its note sends no second letter, whatever was renamed", async () => {
  const number = await world.placeOrder({ shadow: true });
  const dying = { ...queries, settleAlert: () => Promise.reject(new Error("killed")) };
  await expect(pass(dying)).rejects.toThrow("killed");
  expect(await world.alert(number)).toMatchObject({ state: "PENDING" });

  await world.one("update app.partners set name = 'Salon Budi Baru'");
  await makeDue();
  await pass();
  await world.one("update app.partners set name = 'Salon Budi Surabaya'");
  expect(await world.alert(number)).toMatchObject({ state: "SENT", attempts: 2, provider_id: state.list()[0]?.id });
  expect(await outcomes(number)).toEqual(["EMAIL AMBIGUOUS", "EMAIL ACCEPTED"]);
  expect(state.list()).toHaveLength(1);
  expect(state.counts).toMatchObject({ requests: 2, repeats: 1, conflicts: 0 }); // The same letter to the byte.
});

test("two workers at once never send the same alert", async () => {
  const numbers = [];
  for (let order = 0; order < 4; order += 1) numbers.push(await world.placeOrder({ shadow: true }));
  await Promise.all([pass(), pass()]);
  await pass();

  for (const number of numbers) expect(await world.alert(number)).toMatchObject({ state: "SENT", attempts: 1 });
  expect(state.list()).toHaveLength(4);
});
