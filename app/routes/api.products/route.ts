import { createHash } from "node:crypto";
import type { LoaderFunctionArgs } from "@remix-run/node";
import { Unavailable } from "#app/db/errors.server.ts";
import { log } from "#app/http/log.server.ts";
import { loggedError } from "#app/http/logged-error.ts";
import { type Visit, visitOf } from "#app/http/visit.server.ts";
import { type ProductPage, listProducts } from "#app/catalogue/catalogue.server.ts";
import type { Product } from "#app/catalogue/product.server.ts";
import { type CatalogueFilter, filterParams } from "#app/catalogue/catalogue.ts";
import { listAddress } from "#app/ui/list.ts";
import { problem } from "#app/http/problem.server.ts";
import { readQuery } from "./query.ts";

/**
 * A page of the catalogue as JSON: `{total, products, previous, next, meant, missing}`: how many the whole list holds,
 * the paths of the pages beside this one or null, the words that were probably meant and are listed, where nothing is
 * called what was asked, and what of a list of SKUs is no article. Prices (whole rupiah) and the stock badge are null
 * for whoever is not a store.
 */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  if (!["GET", "HEAD"].includes(args.request.method)) return action();
  const query = readQuery(new URL(args.request.url).searchParams);
  if ("errors" in query) return problem("invalid-query", { errors: query.errors });
  try {
    const visit = await visitOf(args);
    const page = await readPage(visit, query.filter);
    if (page === "ended") return problem("session-ended");
    const at = (place: { after?: string; before?: string }) =>
      listAddress("/api/products", filterParams(query.filter, place));
    return answer(args.request, visit.login !== null, {
      total: page.total,
      products: page.products.map(toJson),
      previous: page.previous && at({ before: page.previous }),
      next: page.next && at({ after: page.next }),
      meant: page.meant,
      missing: page.missing,
    });
  } catch (error) {
    // The reader of an API wants JSON here too; the server's log still gets the error. That the database is away has
    // its line already; that the shop is closed needs none.
    if (!(error instanceof Unavailable || error instanceof Response))
      log.error({ requestId: args.context.requestId, err: loggedError(error) }, "api/products failed");
    return problem("unavailable");
  }
}

/** Reading only. */
export const action = () => problem("method-not-allowed", {}, { allow: "GET, HEAD" });

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
