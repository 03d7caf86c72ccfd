import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb } from "#tests/support/rolled-back.ts";
import { several } from "#supabase/local/several.ts";

/** An order that Sari placed for Budi, and one of his own. */
async function twoOrders(db: TestDb) {
  const [sku] = await plenty(db);
  await db.actFor(people.sari, "PTR-0001");
  await db.fill(people.sari, [sku, 1]);
  await db.fill(people.budi, [sku, 1]);
  const id = async (number: string) => db.value<number>("select id from app.orders where number = $1", [number]);
  return { shadow: await id(await db.order(people.sari)), own: await id(await db.order(people.budi)) };
}
const tokenOf = (db: TestDb, order: number) => db.value<string | null>("select private.dispute_token($1)", [order]);
const codeOf = (db: TestDb, order: number) => db.value<string | null>("select private.dispute_code($1)", [order]);
const read = async (db: TestDb, token: string) =>
  (await db.rows("select * from private.read_dispute_token($1)", [token]))[0];
const nobody = { order_id: null, expired: null };

test(
  "the signature is HMAC-SHA256",
  rolledBack(async (db) => {
    for (const [key, message] of [
      ["Jefe", "what do ya want for nothing?"],
      ["k".repeat(64), "Salon Ayu 💇"],
      ["", ""],
    ] as const) {
      const ours = await db.value<Buffer>("select private.hmac_sha256(convert_to($1, 'UTF8'), $2)", [key, message]);
      expect(ours.toString("hex")).toBe(createHmac("sha256", key).update(message).digest("hex"));
    }
  }),
);

test(
  "a shadow order has one link, the same each time, that lives thirty days; an order of the owner's own has none",
  rolledBack(async (db) => {
    const { shadow, own } = await twoOrders(db);
    const token = await tokenOf(db, shadow);
    expect(token).toMatch(/^[0-9]+\.[0-9]+\.[A-Za-z0-9_-]{43}$/);
    expect(await tokenOf(db, shadow)).toBe(token);
    expect(await tokenOf(db, own)).toBeNull();
    expect(await read(db, token!)).toEqual({ order_id: shadow, expired: false });
    const [, expiry] = token!.split(".");
    expect(
      await db.value(
        "select abs($1 - extract(epoch from created_at + interval '30 days')) < 1 from app.orders where id = $2",
        [expiry, shadow],
      ),
    ).toBe(true);
    await db.sql.query("update app.orders set created_at = now() - interval '30 days' where id = $1", [shadow]);
    expect(await read(db, (await tokenOf(db, shadow))!)).toEqual({ order_id: shadow, expired: true });
  }),
);

test(
  "no letter of a link can be changed, cut or borrowed",
  rolledBack(async (db) => {
    const { shadow, own } = await twoOrders(db);
    const token = (await tokenOf(db, shadow))!;
    const [order, expiry, signature] = several(3, token.split("."));
    const others = [...token].map(
      (letter, at) =>
        token.slice(0, at) +
        (letter === "A" ? "B" : letter === "1" ? "2" : letter === "." ? "-" : /[0-9]/.test(letter) ? "1" : "A") +
        token.slice(at + 1),
    );
    const cut = Array.from({ length: token.length }, (_, length) => token.slice(0, length));
    const forged = [
      ...others,
      ...cut,
      `${token}A`,
      `${token}=`,
      ` ${token}`,
      `${token}\n`,
      `0${token}`,
      `${own}.${expiry}.${signature}`,
      `${order}.${Number(expiry) + 1}.${signature}`,
      `${order}.9999999999.${signature}`,
      `-${token}`,
      "..",
      "",
      `${"9".repeat(40)}.${expiry}.${signature}`,
    ];
    for (const forgery of forged) expect([forgery, await read(db, forgery)]).toEqual([forgery, nobody]);
    expect(await read(db, token)).toEqual({ order_id: shadow, expired: false }); // Control.
  }),
);

test(
  "a shadow order has one short code, which can be typed, lives thirty days and cannot be made up or borrowed",
  rolledBack(async (db) => {
    const { shadow, own } = await twoOrders(db);
    const code = (await codeOf(db, shadow))!;
    expect(code).toMatch(new RegExp(`^${shadow}[0-9a-hjkmnp-tv-z]{16}$`));
    expect(await codeOf(db, shadow)).toBe(code);
    expect(await codeOf(db, own)).toBeNull();
    const signature = code.slice(-16);
    const typed = [
      code,
      code.toUpperCase(),
      code.replaceAll("1", "l"),
      code.replaceAll("1", "I"),
      code.replaceAll("0", "O"),
    ];
    for (const spelling of typed)
      expect([spelling, await read(db, spelling)]).toEqual([spelling, { order_id: shadow, expired: false }]);
    const others = [...signature].map(
      (letter, at) => code.slice(0, -16 + at) + (letter === "7" ? "8" : "7") + signature.slice(at + 1),
    );
    const forged = [
      ...others,
      ...Array.from({ length: code.length }, (_, length) => code.slice(0, length)),
      `${code}0`,
      ` ${code}`,
      `${code}\n`,
      `0${code}`,
      `${own}${signature}`,
      `${shadow + 1}${signature}`,
      signature,
      `${"9".repeat(18)}${signature}`,
      `${"9".repeat(40)}${signature}`,
    ];
    for (const forgery of forged) expect([forgery, await read(db, forgery)]).toEqual([forgery, nobody]);
    await db.sql.query("update app.orders set created_at = now() - interval '30 days' where id = $1", [shadow]);
    expect(await read(db, code)).toEqual({ order_id: shadow, expired: true });
  }),
);

test(
  "without its key no link is valid, and nobody reads the key or signs with it",
  rolledBack(async (db) => {
    const { shadow } = await twoOrders(db);
    const token = await tokenOf(db, shadow);
    const code = await codeOf(db, shadow);
    for (const person of [null, people.budi, people.sari, people.admin]) {
      expect(await db.stopped(person, "select value from private.secrets")).toBe("42501");
      expect(await db.stopped(person, "select private.dispute_token($1)", [shadow])).toBe("42501");
      expect(await db.stopped(person, "select private.sign_dispute_link('1.1')")).toBe("42501");
      expect(await db.stopped(person, "select private.dispute_code($1)", [shadow])).toBe("42501");
      expect(await db.stopped(person, "select private.sign_dispute_code(1)")).toBe("42501");
      expect(await db.stopped(person, "select private.read_dispute_token($1)", [token])).toBe("42501");
    }
    expect((await read(db, code!))!.order_id, "control").toBe(shadow);
    await db.sql.query("delete from private.secrets");
    for (const key of [token, code]) expect(await read(db, key!)).toEqual(nobody);
  }),
);
