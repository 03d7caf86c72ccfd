import { expect, test } from "vitest";
import { onStage, people, plenty, type Stage, stores } from "./support.ts";

const feed = async (stage: Stage) => stage.rows<{ sku: string; warehouse: string; quantity: number }>(
  "select p.sku, l.warehouse, l.quantity from app.stock_levels l join app.products p on p.id = l.product_id order by 1, 2");
const apply = (stage: Stage, rows: unknown[]) => stage.value<string | null>("select jobs.apply_stock('s-1', now(), $1)", [JSON.stringify(rows)]);

test("a stock snapshot goes live whole, or not at all with a reason", onStage(async (stage) => {
  const rows = await feed(stage);
  expect(rows.length).toBeGreaterThan(100);
  const before = await stage.value("select md5(string_agg(product_id || ':' || quantity, ',' order by product_id)) from app.product_stock");
  const changed = (change: object) => [{ ...rows[0], ...change }, ...rows.slice(1)];
  const bad: Array<[unknown[], string]> = [
    [[], "empty"], [rows.slice(0, rows.length / 2), "row count"], [changed({ quantity: -1 }), "whole number"], [changed({ quantity: 1.5 }), "whole number"],
    [changed({ quantity: null }), "whole number"], [[...rows, rows[0]], "twice"], [changed({ sku: "UNKNOWN-1" }), "unknown"],
    [rows.map((row) => ({ ...row, warehouse: "JKT" })).filter((_, index) => index % 2 === 0).concat(rows.map((row) => ({ ...row, warehouse: "BDG" })).filter((_, index) => index % 2 === 0)), "warehouse"],
  ];
  for (const [sent, reason] of bad) expect(await apply(stage, sent)).toContain(reason);
  expect(await stage.value("select md5(string_agg(product_id || ':' || quantity, ',' order by product_id)) from app.product_stock")).toBe(before);
  expect(await stage.value("select last_error from app.feeds where name = 'stock'")).toContain("warehouse");
  expect(await apply(stage, changed({ quantity: 777 }))).toBeNull();
  expect(await stage.value("select quantity from app.stock_levels l join app.products p on p.id = l.product_id where sku = $1 and warehouse = $2", [rows[0]!.sku, rows[0]!.warehouse])).toBe(777);
  expect(await stage.value("select last_error from app.feeds where name = 'stock'")).toBeNull();
}));

test("pieces of orders that the snapshot cannot know stay held; once the ERP knew them they do not", onStage(async (stage) => {
  const { skus: [sku] } = await plenty(stage) as { skus: [string] };
  await stage.fill(people.budi, [sku, 6]);
  const number = await stage.order(people.budi);
  const held = () => stage.value<number>("select held from app.product_stock where product_id = (select id from app.products where sku = $1)", [sku]);
  const others = await stage.value<number>("select coalesce(sum(l.quantity - l.preorder), 0)::int from app.order_lines l join app.orders o on o.id = l.order_id where l.sku = $1 and o.number <> $2 and o.sync_status <> 'SYNCED' and o.status not in ('REJECTED', 'CANCELLED')", [sku, number]);
  expect(await apply(stage, await feed(stage))).toBeNull();
  expect(await held()).toBe(others + 6);
  await stage.sql.query("update app.orders set sync_status = 'SYNCED', synced_at = now() - interval '1 minute' where number = $1", [number]);
  expect(await apply(stage, await feed(stage))).toBeNull();
  expect(await held()).toBe(others);
}));

test("credit: what the ERP owes us nothing about is unusable, and a bad feed changes nothing", onStage(async (stage) => {
  const rows = await stage.rows<{ partner: string; outstanding: number }>("select code as partner, 1000 as outstanding from app.partners");
  const send = (sent: unknown[]) => stage.value<string | null>("select jobs.apply_credit('c-1', now(), $1)", [JSON.stringify(sent)]);
  expect(await send(rows)).toBeNull();
  expect(await send(rows.map((row, index) => (index === 0 ? { ...row, outstanding: -5 } : row)))).toContain("whole number");
  expect(await stage.value("select outstanding from app.partner_credit where partner_id = $1", [stores.budi])).toBe(1000);
  expect(await send(rows.filter(({ partner }) => partner !== "PTR-0001"))).toBeNull();
  expect(await stage.as(people.budi, () => stage.value("select app.credit_standing() ->> 'reason'"))).toBe("NO_DATA");
}));

test("the safety buffer follows how many orders wanted the article in 30 days", onStage(async (stage) => {
  const { skus: [sku] } = await plenty(stage) as { skus: [string] };
  const buffer = () => stage.value<number>("select b.buffer from private.stock_buffers() b join app.products p on p.id = b.product_id where p.sku = $1", [sku]);
  await stage.sql.query("delete from app.order_lines where sku = $1", [sku]);
  const sell = async (times: number) => {
    for (let index = 0; index < times; index += 1) {
      await stage.fill(people.budi, [sku, 2]);
      await stage.order(people.budi);
    }
  };
  await sell(9);
  expect(await buffer()).toBe(2);
  await sell(1);
  expect(await buffer()).toBe(3);
  await sell(41); // 51 orders of 2 pieces: 102 / 30 x 3 = 10.2
  expect(await buffer()).toBe(11);
}));
