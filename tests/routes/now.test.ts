import { beforeAll, expect, test } from "vitest";
import { messages } from "#app/words.ts";
import { findPace } from "#app/orders/pace.server.ts";
import { findTraffic, listQueues } from "#app/vitals/now.server.ts";
import { people } from "#tests/support/cast.ts";
import { plenty, TestDb } from "#tests/support/rolled-back.ts";
import { read, signedIn } from "#tests/support/signed-in.ts";
import { pageFor, servedApp } from "#tests/support/site.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

// The war room, on a database of this file's own.
const t = messages("id").vitals.now;
const { owner, persons } = signedIn("budi", "admin", "auditor");
const db = new TestDb(owner);
const site = servedApp();
const one = (text: string, values: unknown[] = []) => owner.query(text, values);

beforeAll(async () => {
  await one("begin");
  const [sku] = await plenty(db);
  await one("delete from app.cart_items");
  await one("select private.audit('SETTING_CHANGED', 'setting', key) from app.settings where key like 'order.min%'");
  await one("update app.settings set value = '0' where key = 'order.minimum_threshold'");
  await db.fill(people.budi, [sku, 1]);
  await db.order(people.budi, crypto.randomUUID(), true);
  await one("delete from app.http_minutes");
  const bucket = (index: number) => `array_fill(0, array[${index}]) || 1 || array_fill(0, array[${49 - index}])`;
  for (const [ago, route, requests, failed, index] of [
    [1, "/orders", 30, 3, 40],
    [2, "/cart", 10, 0, 40],
    [1, "files", 500, 0, 0],
    [1, "other", 500, 0, 0],
    [1, "/api/ready", 9, 9, 0],
    [7, "/orders", 900, 900, 49],
  ] as const)
    await one(
      `insert into app.http_minutes (minute, route, method, requests, failed, slow, histogram)
         select date_trunc('minute', now() - make_interval(mins => $1)), $2, 'GET', $3, $4, 0,
           (select array_agg(n * $3) from unnest(${bucket(index)}) n)`,
      [ago, route, requests, failed],
    );
  await one("commit");
});

const look = <T>(work: Parameters<typeof read<T>>[1]) => read(persons.admin, work);

test("requests are those of five minutes that somebody waited for; files and signs of life do not count", async () => {
  const { requests, failed, p95 } = await look(findTraffic);
  expect([requests, failed]).toEqual([40, 3]);
  expect(p95).toBeGreaterThan(900);
  expect(p95).toBeLessThan(1_100);
});

test("an order counts in its minute, for an hour", async () => {
  const minutes = (await look(findPace)).minutes;
  expect(minutes).toHaveLength(60);
  const before = minutes.reduce((sum, n) => sum + n, 0);
  await one("begin");
  await one("select private.audit('ORDER_PLACED', 'order', number) from app.orders");
  await one("update app.orders set created_at = created_at - interval '2 hours'");
  await one("commit");
  expect((await look(findPace)).minutes.reduce((sum, n) => sum + n, 0)).toBeLessThan(before);
});

test("what waits is counted with the age of its oldest", async () => {
  const queues = new Map((await look(listQueues)).map((queue) => [queue.kind, queue]));
  expect([...queues.keys()]).toEqual(["ORDERS", "MAILS", "OWNER_MAILS", "OWNER_SMS", "NOTIFICATIONS"]);
  const { waiting, oldest } = queues.get("ORDERS")!;
  expect(waiting).toBeGreaterThan(0);
  expect(new Date(oldest!).getTime()).toBeLessThan(Date.now() - 60 * 60_000);
});

test("the page says what needs somebody, and leads there; it refreshes itself until told to stand still", async () => {
  const html = await pageFor(site, persons.auditor, "/admin/now");
  expect(html).toContain(t.verdict.ERRORS);
  expect(html).toContain(`${t.verdict.QUEUE}: ${t.queues.ORDERS}`);
  expect(html).toContain('href="/admin/orders?sync=PENDING_SYNC"');
  expect(html).not.toContain(t.verdict.SLOW);
  const open = async (path: string) => {
    const answer = await ask(site.origin, path, { headers: { cookie: await cookieOf(persons.auditor) } });
    return { refresh: answer.headers.get("refresh"), html: await answer.text() };
  };
  expect((await open("/admin/now")).refresh).toBe("15");
  const still = await open("/admin/now?still=1");
  expect(still.refresh).toBeNull();
  expect(still.html).toContain(t.stands);
});

test("it is staff's", async () => {
  const answer = await ask(site.origin, "/admin/now", { headers: { cookie: await cookieOf(persons.budi) } });
  expect(answer.status).toBe(403);
  expect(await answer.text()).not.toContain(t.figures);
});
