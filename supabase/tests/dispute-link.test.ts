import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { onStage, people, plenty, type Stage } from "./support.ts";

/** An order that Sari placed for Budi, and one of his own. */
async function twoOrders(stage: Stage) {
  const {
    skus: [sku],
  } = (await plenty(stage)) as { skus: [string] };
  await stage.actFor(people.sari, "PTR-0001");
  await stage.fill(people.sari, [sku, 1]);
  await stage.fill(people.budi, [sku, 1]);
  const id = async (number: string) => stage.value<number>("select id from app.orders where number = $1", [number]);
  return { shadow: await id(await stage.order(people.sari)), own: await id(await stage.order(people.budi)) };
}
const tokenOf = (stage: Stage, order: number) =>
  stage.value<string | null>("select private.dispute_token($1)", [order]);
const read = async (stage: Stage, token: string) =>
  (await stage.rows("select * from private.read_dispute_token($1)", [token]))[0];
const nobody = { order_id: null, expired: null };

test(
  "the signature is HMAC-SHA256",
  onStage(async (stage) => {
    for (const [key, message] of [
      ["Jefe", "what do ya want for nothing?"],
      ["k".repeat(64), "Salon Ayu 💇"],
      ["", ""],
    ] as const) {
      const ours = await stage.value<Buffer>("select private.hmac_sha256(convert_to($1, 'UTF8'), $2)", [key, message]);
      expect(ours.toString("hex")).toBe(createHmac("sha256", key).update(message).digest("hex"));
    }
  }),
);

test(
  "a shadow order has one link, the same each time, that lives thirty days; an order of the owner's own has none",
  onStage(async (stage) => {
    const { shadow, own } = await twoOrders(stage);
    const token = await tokenOf(stage, shadow);
    expect(token).toMatch(/^[0-9]+\.[0-9]+\.[A-Za-z0-9_-]{43}$/);
    expect(await tokenOf(stage, shadow)).toBe(token);
    expect(await tokenOf(stage, own)).toBeNull();
    expect(await read(stage, token!)).toEqual({ order_id: shadow, expired: false });
    const [, expiry] = token!.split(".");
    expect(
      await stage.value(
        "select abs($1 - extract(epoch from created_at + interval '30 days')) < 1 from app.orders where id = $2",
        [expiry, shadow],
      ),
    ).toBe(true);
    await stage.sql.query("update app.orders set created_at = now() - interval '30 days' where id = $1", [shadow]);
    expect(await read(stage, (await tokenOf(stage, shadow))!)).toEqual({ order_id: shadow, expired: true });
  }),
);

test(
  "no letter of a link can be changed, cut or borrowed",
  onStage(async (stage) => {
    const { shadow, own } = await twoOrders(stage);
    const token = (await tokenOf(stage, shadow))!;
    const [order, expiry, signature] = token.split(".") as [string, string, string];
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
    for (const forgery of forged) expect([forgery, await read(stage, forgery)]).toEqual([forgery, nobody]);
    expect(await read(stage, token)).toEqual({ order_id: shadow, expired: false }); // Control.
  }),
);

test(
  "without its key no link is valid, and nobody reads the key or signs with it",
  onStage(async (stage) => {
    const { shadow } = await twoOrders(stage);
    const token = await tokenOf(stage, shadow);
    for (const person of [null, people.budi, people.sari, people.admin]) {
      expect(await stage.stopped(person, "select value from private.secrets")).toBe("42501");
      expect(await stage.stopped(person, "select private.dispute_token($1)", [shadow])).toBe("42501");
      expect(await stage.stopped(person, "select private.sign_dispute_link('1.1')")).toBe("42501");
      expect(await stage.stopped(person, "select private.read_dispute_token($1)", [token])).toBe("42501");
    }
    await stage.sql.query("delete from private.secrets");
    expect(await read(stage, token!)).toEqual(nobody);
  }),
);
