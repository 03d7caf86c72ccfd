import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { sendDueAlerts } from "#jobs/alerts.ts";
import { openCounter, type Counter } from "#jobs/counter.ts";
import { mailer } from "#jobs/mailer.ts";
import { mailHandlers } from "#mocks/mail/handlers.ts";
import { MailState } from "#mocks/mail/state.ts";
import { serve, type Served } from "#mocks/serve.ts";
import { openWorld, type World } from "./support/world.ts";

let world: World;
let counter: Counter;
let mail: Served;
let state: MailState;

beforeAll(async () => {
  world = await openWorld();
  counter = openCounter(world.workerUrl);
}, 60_000);
afterAll(async () => {
  await counter.close();
  await world.remove();
});
beforeEach(async () => {
  state = new MailState();
  mail = await serve(mailHandlers(state), 0);
});
afterEach(() => mail.close());

const pass = (using: Counter = counter) =>
  sendDueAlerts({
    counter: using,
    deliver: mailer({ apiKey: "re_demo", baseUrl: `http://127.0.0.1:${mail.port}`, from: "Alfa <order@alfa.test>" }),
    appUrl: "https://b2b.alfa.test",
    whatsapp: "628110000001",
  });
const makeDue = () => world.one("update app.shadow_alerts set next_attempt_at = now() where state = 'PENDING'");

test("the owner of the store is told once, with a link to the order", async () => {
  const number = await world.placeOrder({ shadow: true });
  await pass();
  await makeDue();
  await pass();

  expect(state.list()).toHaveLength(1);
  const [letter] = state.list();
  expect(letter).toMatchObject({ to: ["budi@demo.test"], from: "Alfa <order@alfa.test>" });
  expect(letter?.text).toContain(
    `Halo Salon Budi Surabaya, Salesman Sari baru saja membuat order ${number} atas nama Anda senilai Rp 1.350.000. Hubungi kami jika ini tidak sah.`,
  );
  expect(letter?.html).toContain(`https://b2b.alfa.test/orders/${number}`);
  expect(await world.alert(number)).toMatchObject({ state: "SENT", attempts: 1, provider_id: letter?.id });
});

test("an order that the store placed itself alerts nobody", async () => {
  await world.placeOrder();
  await pass();
  expect(state.list()).toEqual([]);
});

test.each(["down", "500", "429"] as const)("while the provider is %s the alert waits, and goes out when it is back", async (mode) => {
  const number = await world.placeOrder({ shadow: true });
  state.mode = mode;
  await pass();
  const waiting = await world.alert(number);
  expect(waiting).toMatchObject({ state: "PENDING", attempts: 1 });
  expect(waiting?.last_error).toBeTruthy();

  state.mode = "up";
  await pass();
  expect(state.list()).toEqual([]); // not due yet: retries do not hammer
  await makeDue();
  await pass();
  expect(await world.alert(number)).toMatchObject({ state: "SENT", attempts: 2, last_error: null });
});

test("an address the provider will never take is FAILED, for a person to phone", async () => {
  const number = await world.placeOrder({ shadow: true });
  state.mode = "reject";
  await pass();
  expect(await world.alert(number)).toMatchObject({ state: "FAILED" });
});

test("a worker that dies between the provider's yes and the note of it sends no second letter", async () => {
  const number = await world.placeOrder({ shadow: true });
  const dying = { ...counter, alertSent: () => Promise.reject(new Error("killed")) };
  await expect(pass(dying)).rejects.toThrow("killed");
  expect(await world.alert(number)).toMatchObject({ state: "PENDING" });

  await makeDue();
  await pass();
  expect(await world.alert(number)).toMatchObject({ state: "SENT", attempts: 2 });
  expect(state.list()).toHaveLength(1);
});

test("two workers at once never send the same alert", async () => {
  const numbers = [];
  for (let order = 0; order < 4; order += 1) numbers.push(await world.placeOrder({ shadow: true }));
  await Promise.all([pass(), pass()]);
  await pass();

  for (const number of numbers) expect(await world.alert(number)).toMatchObject({ state: "SENT", attempts: 1 });
  expect(state.list()).toHaveLength(4);
}, 15_000);
