import sql from "sql-template-tag";
import type { Tier } from "#app/accounts/viewer.ts";
import { NotFound } from "#app/db/errors.server.ts";
import type { Db } from "#app/db/transaction.server.ts";
import type { OrderStatus } from "#app/orders/order.ts";
import type { StockLevel } from "#app/ui/badges.tsx";
import { sku as shape } from "./catalogue.ts";

/** An article with all that the office knows of it, withdrawn or not. Whole rupiah, pieces, moments as ISO strings. */
export type Article = {
  sku: string;
  name: string;
  brand: string;
  category: { id: string; en: string };
  unit: string;
  picture: string;
  active: boolean;
  /** Dearest first. */
  prices: Array<{ tier: Tier; price: number; minimum: number | null; volume: number | null }>;
  /** What the ERP said, what is kept back, what stores see of it, what orders took since. */
  stock: {
    erp: number;
    buffer: number;
    display: number;
    held: number;
    badge: StockLevel;
    asOf: string | null;
  };
  warehouses: Array<{ name: string; pieces: number }>;
  /** The ten newest orders with it. */
  buyers: Array<{
    number: string;
    at: string;
    status: OrderStatus;
    held: boolean;
    storeCode: string;
    storeName: string;
    quantity: number;
    price: number;
  }>;
};

/** For staff. Throws NotFound, and DENIED for everybody else. */
export async function findArticle(db: Db, typed: string): Promise<Article> {
  const sku = shape.safeParse(typed).data ?? "";
  const { article } = await db.one<{ article: Article | null }>(sql`select app.read_article(${sku}) as article`);
  if (!article) throw new NotFound();
  return article;
}
