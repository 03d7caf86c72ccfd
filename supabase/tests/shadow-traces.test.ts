import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";
import { place, shadowOrder, doneWithTheRest, claim, settle } from "./cases-support.ts";

const inspected = (db: TestDb, order: number) =>
  db.sql.query("update app.shadow_traces set inspected_at = now() where order_id = $1", [order]);

test(
  "orders are looked at one after the other for each salesman, each with where he was before",
  rolledBack(async (db) => {
    await doneWithTheRest(db);
    const first = await shadowOrder(db, "112.78.181.77");
    const second = await shadowOrder(db, "114.125.65.77");
    await db.sql.query(
      `
        update app.shadow_traces set at = at - interval '1 hour' where order_id = (select id from app.orders
          where number = $1)`,
      [first],
    );
    const [one, ...others] = await claim(db);
    expect([one!.number, others]).toEqual([first, []]); // The second waits for the first.
    expect(await claim(db)).toEqual([]); // Leased.
    await settle(db, one!.order_id);
    await inspected(db, one!.order_id);
    const [two] = await claim(db);
    expect(two).toMatchObject({ number: second, previous: { order: first, latitude: place.latitude, radiusKm: 50 } });
    // Said again after inspection it changes nothing that a rule has looked at.
    await settle(db, one!.order_id, "IMPLAUSIBLE");
    expect(await db.value("select verdict from app.shadow_traces where order_id = $1", [one!.order_id])).toBe(
      "PLAUSIBLE",
    );
  }),
);

test(
  "an order that cannot be looked at comes back later and later, and after three tries keeps nobody waiting",
  rolledBack(async (db) => {
    await doneWithTheRest(db);
    const stuck = await shadowOrder(db);
    const behind = await shadowOrder(db);
    await db.sql.query(
      `
        update app.shadow_traces set at = at - interval '1 hour' where order_id = (select id from app.orders
          where number = $1)`,
      [stuck],
    );
    const later = () => db.sql.query("update app.shadow_traces set next_try_at = now() where verdict is null");
    const claimed: string[] = [];
    for (let i = 0; i < 4; i++) {
      claimed.push((await claim(db)).map(({ number }) => number).join());
      const waits = await db.value<number>(
        `
          select (extract(epoch from next_try_at - now()) / 60)::int from app.shadow_traces
            where order_id = (select id from app.orders where number = $1)`,
        [stuck],
      );
      expect(waits).toBe([1, 2, 4, 8][i]);
      await later();
    }
    expect(claimed.slice(0, 3)).toEqual([stuck, stuck, stuck]);
    expect(claimed[3]).toBe(`${stuck},${behind}`);
  }),
);

test(
  "an order carries the browser of its login: a cookie dropped or swapped afterwards changes nothing and is noted",
  rolledBack(async (db) => {
    const [mine, other, later] = [
      "0b7f4b9e-3c55-4d4a-9b57-6a1f3f9f2c11",
      "1b7f4b9e-3c55-4d4a-9b57-6a1f3f9f2c12",
      "2b7f4b9e-3c55-4d4a-9b57-6a1f3f9f2c13",
    ];
    const request = (device: string | null) =>
      db.sql.query("select set_config('app.request', $1, true)", [
        JSON.stringify({ ip: "112.78.181.77", ua: "Firefox", id: "r", device }),
      ]);
    const signIn = async (who: string, device: string | null, session?: string) => {
      await request(device);
      await db.as(who, () => db.sql.query("select app.note_sign_in('x@demo.test', '112.78.181.77')"), session);
    };
    const trace = async (device: string | null) =>
      (
        await db.rows<{ device: string; sent_device: string }>(
          `
            select t.device, t.sent_device from app.shadow_traces t join app.orders o on o.id = t.order_id
              where o.number = $1`,
          [await shadowOrder(db, "112.78.181.77", device)],
        )
      )[0];

    // Nobody knows with what he signed in: what the request says.
    expect(await trace(other)).toEqual({ device: other, sent_device: other });
    await signIn(people.sari, mine);
    expect(await trace(mine)).toEqual({ device: mine, sent_device: mine });
    expect(await trace(null)).toEqual({ device: mine, sent_device: null });
    expect(await trace(other)).toEqual({ device: mine, sent_device: other });
    await signIn(people.sari, later); // The login is as it was made.
    expect(await trace(later)).toEqual({ device: mine, sent_device: later });
    // Another login of his, and those of others, are others.
    const second = await db.login(people.sari, true);
    await signIn(people.sari, later, second);
    expect(await trace(null)).toEqual({ device: later, sent_device: null });
    await signIn(people.budi, other);
    expect(
      await db.rows("select device from private.login_devices where account_id = any ($1) order by device", [
        [people.sari, people.budi],
      ]),
    ).toEqual([{ device: mine }, { device: later }]);
    for (const who of [people.sari, people.admin, people.auditor, null])
      expect(await db.stopped(who, "select from private.login_devices")).toBe("42501");
    // What is over is swept.
    await db.sql.query("delete from auth.sessions where id = $1", [second]);
    await db.sql.query("select jobs.sweep_leftovers()");
    expect(await db.rows("select device from private.login_devices where account_id = $1", [people.sari])).toEqual([
      { device: mine },
    ]);
  }),
);
