import { beforeAll, beforeEach, expect, test } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { connect } from "#tests/support/database.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { servedApp } from "#tests/support/site.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

const { owner, persons } = signedIn("budi", "maya", "sari", "admin");
const site = servedApp();
let mayas: string;
let mark: number;

beforeAll(async () => {
  mayas = (
    await owner.query<{ number: string }>("select number from app.orders where partner_id = $1 limit 1", [stores.maya])
  ).rows[0]!.number;
});
beforeEach(async () => {
  await forget();
  mark = (await owner.query<{ id: number }>("select coalesce(max(id), 0) as id from app.audit_events")).rows[0]!.id;
});

const forget = () => owner.query("delete from private.refusals_noted");
const go = async (who: keyof typeof persons | null, path: string, form?: Record<string, string>) => {
  const answer = await ask(site.origin, path, {
    ...(form ? { method: "POST", body: new URLSearchParams(form).toString() } : {}),
    headers: {
      ...(who ? { cookie: await cookieOf(persons[who]) } : {}),
      ...(form ? { "content-type": "application/x-www-form-urlencoded", origin: site.origin } : {}),
    },
  });
  return { status: answer.status, text: await answer.text() };
};
const noted = async () =>
  (
    await owner.query<Record<string, unknown>>(
      `
        select actor_code, entity_key, target_code, detail, before, after from app.audit_events
          where action = 'ACCESS_REFUSED' and id > $1 order by id`,
      [mark],
    )
  ).rows;

test("another store's order and a page of staff leave a name, with codes and nothing else", async () => {
  expect((await go("budi", `/orders/${mayas}?note=Maya%20Sari`)).status).toBe(404);
  expect((await go("budi", "/admin/orders")).status).toBe(403);
  expect(
    (
      await go("budi", `/orders/${mayas}/dispute`, {
        note: "bukan saya, Budi",
        shown_for: "PTR-0001|PTR-0001||Salon Budi|Salon Budi Surabaya",
      })
    ).status,
  ).toBe(404);
  expect((await go("sari", "/clients/PTR-0002")).status).toBe(404);
  expect((await go("budi", "/admin/cases/Agus%20Pratama")).status).toBe(403);
  const row = (actor_code: string, entity_key: string, target_code: string | null, status: number, page: string) => ({
    actor_code,
    entity_key,
    target_code,
    detail: { status, page },
    before: null,
    after: null,
  });
  expect(await noted()).toEqual([
    row("PTR-0001", mayas, "PTR-0002", 404, "orders"),
    row("PTR-0001", "admin/orders", null, 403, "admin/orders"),
    row("PTR-0001", mayas, "PTR-0002", 404, "orders"),
    row("SLS-001", "PTR-0002", "PTR-0002", 404, "clients"),
    row("PTR-0001", "admin/cases", null, 403, "admin/cases"),
  ]);
});

test("control: one's own order, a guest, a missing article and a missing page leave nothing", async () => {
  const own = (
    await owner.query<{ number: string }>("select number from app.orders where partner_id = $1 limit 1", [stores.budi])
  ).rows[0]!.number;
  expect((await go("budi", `/orders/${own}`)).status).toBe(200);
  expect((await go(null, `/orders/${mayas}`)).status).toBe(303);
  expect((await go("budi", "/products/ALF-9999")).status).toBe(404);
  expect((await go("budi", "/ORD-2026-000001")).status).toBe(404);
  expect(await noted()).toEqual([]);
});

test("at most five a person and minute, at the same time too; the next person still leaves his", async () => {
  await Promise.all(Array.from({ length: 30 }, (_, index) => go("budi", index % 2 ? "/admin" : `/orders/${mayas}`)));
  expect(await noted()).toHaveLength(5);
  await go("maya", "/admin");
  expect((await noted()).map(({ actor_code }) => actor_code)).toEqual([
    ...Array<string>(5).fill("PTR-0001"),
    "PTR-0002",
  ]);
  await owner.query(
    "update private.refusals_noted set moments = (select array_agg(m - interval '61 seconds') from unnest(moments) m)",
  );
  await go("budi", "/admin");
  expect(await noted()).toHaveLength(7);
});

test("a login writes nothing else by it: no words, no other page, no other person", async () => {
  const sql = await connect();
  try {
    await sql.query("begin");
    await sql.query("select set_config('request.jwt.claims', $1, true)", [
      JSON.stringify({ sub: people.budi, session_id: persons.budi.sessionId, role: "authenticated" }),
    ]);
    await sql.query("set local role authenticated");
    for (const key of ["Salon Maya", "TEL-081234567890", "XXX-BUDI-PENIPU", "KTP-3174012345678901"])
      await sql.query("select app.note_refusal(404, 'budi adalah pencuri', $1)", [key]);
    await sql.query("reset role");
    expect(
      (
        await sql.query(
          "select actor_code, entity_key, detail from app.audit_events where action = 'ACCESS_REFUSED' and id > $1",
          [mark],
        )
      ).rows,
    ).toEqual(Array(4).fill({ actor_code: "PTR-0001", entity_key: null, detail: { status: 404, page: null } }));
  } finally {
    await sql.end();
  }
});

test("another store's order and a number that does not exist are answered alike, and in the same time", async () => {
  const nobodys = "ORD-2026-999999";
  const answers = [await go("budi", `/orders/${mayas}`), await go("budi", `/orders/${nobodys}`)];
  const plain = (text: string, number: string) =>
    text
      .replaceAll(number, "N")
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}|"requestId":"[^"]*"/g, "R")
      .replace(/nonce="[^"]*"/g, "");
  expect([answers[0]!.status, plain(answers[0]!.text, mayas).length]).toEqual([
    answers[1]!.status,
    plain(answers[1]!.text, nobodys).length,
  ]);
  const timed = async (path: string) => {
    await forget(); // Each of these is noted; what is past five a minute is quicker for both.
    const started = performance.now();
    await go("budi", path);
    return performance.now() - started;
  };
  const samples: Array<[number, number]> = [];
  for (let round = 0; round < 120; round += 1) {
    const [first, second] = round % 2 ? [mayas, nobodys] : [nobodys, mayas];
    const one = await timed(`/orders/${first}`);
    const two = await timed(`/orders/${second}`);
    if (round >= 20) samples.push(round % 2 ? [one, two] : [two, one]);
  }
  // How often the foreign order took longer than the number that is nobody's, of all pairs: half, when nothing tells
  // them apart.
  const longer =
    samples
      .flatMap(([foreign]) => samples.map(([, none]) => (foreign > none ? 1 : 0)))
      .reduce((sum: number, each) => sum + each, 0) /
    samples.length ** 2;
  expect(longer).toBeGreaterThan(0.3);
  expect(longer).toBeLessThan(0.7);
});
