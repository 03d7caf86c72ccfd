import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";

const device = (n: number) => `0b7f4b9e-3c55-4d4a-9b57-6a1f3f9f2c1${n}`;
const town = "10.20.0.1";

/** What one request says of itself, and then a try; seconds to wait. */
async function attempt(db: TestDb, email: string, from: string | null, address = town): Promise<number> {
  await db.sql.query("select set_config('app.request', $1, true)", [JSON.stringify({ ip: address, device: from })]);
  return db.as(null, () => db.value<number>("select app.take_sign_in_try('in', $1, $2)", [email, address]));
}
async function signIn(db: TestDb, who: string, email: string, from: string | null, address = town) {
  await db.sql.query("select set_config('app.request', $1, true)", [JSON.stringify({ ip: address, device: from })]);
  await db.as(who, () => db.sql.query("select app.note_sign_in($1, $2)", [email, address]));
}
const guess = async (db: TestDb, times: number, from: string | null = null) => {
  for (let n = 0; n < times; n += 1) await attempt(db, `tebak${n}@demo.test`, from);
};

test(
  "others who guess from one's address keep a known browser neither from its account, nor any other from waiting",
  rolledBack(async (db) => {
    await signIn(db, people.budi, "budi@demo.test", device(1));
    await guess(db, 60);
    expect(
      await attempt(db, "budi@demo.test", null),
      "control: his account from a browser that nobody knows",
    ).toBeGreaterThan(0);
    expect(await attempt(db, "budi@demo.test", device(2))).toBeGreaterThan(0);
    expect(await attempt(db, "maya@demo.test", device(1)), "known for his account alone").toBeGreaterThan(0);
    expect(await attempt(db, "Budi@demo.test ", device(1))).toBe(0);
  }),
);

test(
  "nor by guessing his own password; whoever has his browser guesses ten times, and an account's limit holds for all",
  rolledBack(async (db) => {
    await signIn(db, people.budi, "budi@demo.test", device(1));
    for (let n = 0; n < 20; n += 1) await attempt(db, "budi@demo.test", null);
    const tries = [];
    for (let n = 0; n < 12; n += 1) tries.push((await attempt(db, "budi@demo.test", device(1), `10.21.0.${n}`)) > 0);
    expect(tries).toEqual([...Array<boolean>(10).fill(false), true, true]);
    await signIn(db, people.budi, "budi@demo.test", device(1)); // The right one gives them back.
    expect(await attempt(db, "budi@demo.test", device(1))).toBe(0);
    for (let n = 0; n < 70; n += 1) await attempt(db, "budi@demo.test", null, `10.22.0.${n}`);
    expect(await attempt(db, "budi@demo.test", device(1))).toBeGreaterThan(0);
  }),
);

test(
  "coming in by a known browser gives the address back no try that somebody else took",
  rolledBack(async (db) => {
    const taken = () =>
      db.value<number>("select tries from private.sign_in_tries where key = private.try_key('in', 'i', $1)", [town]);
    await signIn(db, people.budi, "budi@demo.test", device(1));
    await guess(db, 5);
    const before = await taken();
    for (let n = 0; n < 3; n += 1) {
      await attempt(db, "budi@demo.test", device(1));
      await signIn(db, people.budi, "budi@demo.test", device(1));
    }
    expect(await taken()).toBe(before);
    await attempt(db, "maya@demo.test", null);
    await signIn(db, people.maya, "maya@demo.test", device(3));
    expect(await taken(), "control: one by an unknown browser took one and gets it back").toBe(before);
  }),
);

test(
  "the twenty latest are kept, as hashes that differ from account to account, and nobody reads them",
  rolledBack(async (db) => {
    for (let n = 0; n < 25; n += 1) await signIn(db, people.budi, "budi@demo.test", crypto.randomUUID());
    await signIn(db, people.budi, "budi@demo.test", device(1));
    await signIn(db, people.maya, "maya@demo.test", device(1));
    expect(await db.value("select count(*)::int from private.known_devices where account_id = $1", [people.budi])).toBe(
      20,
    );
    expect(
      await db.value(
        `
          select count(distinct device)::int from private.known_devices
            where device in (private.device_mark($1, $3), private.device_mark($2, $3))`,
        [people.budi, people.maya, device(1)],
      ),
    ).toBe(2);
    for (const who of [people.budi, people.admin, people.auditor, null])
      expect(await db.stopped(who, "select from private.known_devices")).toBe("42501");
  }),
);

test(
  "the trail tells which login came by our form and whether its browser was known, and names neither",
  rolledBack(async (db) => {
    for (let n = 0; n < 2; n += 1) await signIn(db, people.budi, "budi@demo.test", device(1));
    const lines = await db.rows<{ detail: Record<string, unknown> }>(
      "select detail from app.audit_events where actor_id = $1 and action = 'DEVICE_NOTED' order by id desc limit 2",
      [people.budi],
    );
    const login = await db.value("select private.login_mark($1)", [await db.login(people.budi)]);
    expect(lines.map(({ detail }) => detail)).toEqual([
      { login, known: true },
      { login, known: false },
    ]);
    expect(
      await db.value(
        "select count(*)::int from app.audit_events where action = 'SIGNED_IN' and detail ->> 'login' = $1",
        [login],
      ),
    ).toBe(1);
  }),
);
