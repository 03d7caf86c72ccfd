import { createHash } from "node:crypto";
import type { LoaderFunctionArgs } from "@remix-run/node";
import { readQuery } from "#app/api/contract.ts";
import { answering, isRead, readOnly, tooMany } from "#app/http/api.server.ts";
import { type Visit, visitOf } from "#app/http/visit.server.ts";
import { type ProductPage, listProducts } from "#app/catalogue/catalogue.server.ts";
import type { Product } from "#app/catalogue/product.server.ts";
import { type CatalogueFilter, filterParams } from "#app/catalogue/catalogue.ts";
import { productQuery } from "#app/catalogue/query.ts";
import { listAddress } from "#app/ui/list.ts";
import { problem } from "#app/http/problem.server.ts";

/**
 * A page of the catalogue as JSON (app/api/shapes.ts). Prices (whole rupiah) and the stock badge are null for whoever
 * is not a store.
 */
export const loader = (args: LoaderFunctionArgs): Promise<Response> =>
  answering(args, async () => {
    if (!isRead(args.request)) return readOnly();
    const read = readQuery(productQuery, new URL(args.request.url).searchParams);
    if ("errors" in read) return problem("invalid-query", { errors: read.errors });
    const filter = read.asked;
    const visit = await visitOf(args);
    const refused = tooMany(visit);
    if (refused) return refused;
    const page = await readPage(visit, filter);
    if (page === "ended") return problem("session-ended");
    const at = (place: { after?: string; before?: string }) =>
      listAddress("/api/products", filterParams(filter, place));
    return answer(args.request, visit.login !== null, {
      total: page.total,
      products: page.products.map(toJson),
      previous: page.previous && at({ before: page.previous }),
      next: page.next && at({ after: page.next }),
      meant: page.meant,
      missing: page.missing,
    });
  });

/** Reading only. */
export const action = readOnly;
// One round trip for guests and stores; whoever is signed in without a store has no prices and needs a second.
async function readPage(visit: Visit, filter: CatalogueFilter): Promise<ProductPage | "ended"> {
  const [viewer, page] = await Promise.all([
    visit.viewer(),
    visit.read((db) => listProducts(db, filter, visit.lang, visit.login !== null)),
  ]);
  if (viewer.ended) return "ended";
  return visit.login && !viewer.store ? visit.read((db) => listProducts(db, filter, visit.lang, false)) : page;
}

function answer(request: Request, signedIn: boolean, content: unknown): Response {
  const body = JSON.stringify(content);
  const etag = `"${createHash("sha256").update(body).digest("base64url")}"`;
  const headers = {
    etag,
    "content-type": "application/json",
    "cache-control": signedIn ? "private, no-cache" : "public, max-age=60",
    vary: "Cookie, Accept-Language",
  };
  const known = (request.headers.get("if-none-match") ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return known.includes(etag) || known.includes("*")
    ? new Response(null, { status: 304, headers })
    : new Response(body, { headers });
}

const toJson = ({ sku, name, brand, category, unit, picture, price, stock }: Product) => ({
  sku,
  name,
  brand,
  category,
  unit,
  url: `/products/${sku}`,
  picture: `/pictures/${picture}.svg`,
  price: price && { own: price.own, market: price.market, volume: price.volume },
  stock,
});
