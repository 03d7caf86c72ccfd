import { people } from "#tests/support/cast.ts";
import { plenty, type TestDb } from "#tests/support/rolled-back.ts";

type Mail = { kind: string; recipient: string; language: string; props: Record<string, unknown> };

/** An admin moves an order. */
export const move = (db: TestDb, number: string, status: string, note = "") =>
  db.as(people.admin, () => db.sql.query("select app.move_order($1, $2, $3)", [number, status, note]));

/** The order's id. */
export const idOf = (db: TestDb, number: string) =>
  db.value<number>("select id from app.orders where number = $1", [number]);

/** What the owner was written about an order, oldest first, as of what would be committed now. */
export async function mails(db: TestDb, number: string): Promise<Mail[]> {
  await db.atCommit();
  return db.rows<Mail>(
    `
      select kind, recipient, language, props from app.mails where order_id = (select id from app.orders
        where number = $1) order by id`,
    [number],
  );
}

/** What each of these mails is about. */
export const whats = async (db: TestDb, number: string) =>
  (await mails(db, number)).map(({ kind, props }) => String(props.what ?? props.outcome ?? kind));

/** An order that a store placed itself. */
export async function ownOrder(db: TestDb, who: string = people.budi): Promise<string> {
  const [one, two] = await plenty(db);
  await db.fill(who, [one, 3], [two, 1]);
  return db.order(who);
}

/** An order that Sari placed for Budi. */
export async function shadowOrder(db: TestDb): Promise<string> {
  const [sku] = await plenty(db);
  await db.actFor(people.sari, "PTR-0001");
  await db.fill(people.sari, [sku, 2]);
  return db.order(people.sari);
}
