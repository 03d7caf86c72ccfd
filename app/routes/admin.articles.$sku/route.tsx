import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { findArticle } from "#app/catalogue/article.server.ts";
import { formatUnit } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { ProductPicture } from "#app/ui/product-picture.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { title } from "#app/ui/title.ts";
import { Buyers } from "./buyers.tsx";
import { Prices } from "./prices.tsx";
import { StockCard } from "./stock-card.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ article: { name: string } }>((t, data) => data?.article.name ?? t.catalogue.title);

export async function loader(args: LoaderFunctionArgs) {
  const { data } = await page(args, "staff", (db) => findArticle(db, args.params.sku ?? ""));
  return { article: data, readAt: new Date() };
}

export default function ArticlePage() {
  const t = useMessages().catalogue;
  const lang = useLang();
  const { article, readAt } = useLoaderData<typeof loader>();
  const { sku, name, brand, category, unit, active } = article;
  return (
    <>
      <div className="page-head">
        <div>
          <p className="quiet">{`${brand} · ${category[lang]}`}</p>
          <h1>{name}</h1>
          <p className="row">
            <span className="figures">{sku}</span>
            <span className="quiet">{t.each(formatUnit(unit, lang))}</span>
            {active ? <a href={`/products/${sku}`}>{t.article.inCatalogue}</a> : null}
          </p>
          {active ? null : <p className="field__warning">{t.article.withdrawn}</p>}
          <ReadAt at={readAt} />
        </div>
      </div>
      <div className="columns columns--main-side">
        <div className="stack">
          <Prices prices={article.prices} unit={unit} />
          <Buyers buyers={article.buyers} />
        </div>
        <aside className="stack">
          <StockCard stock={article.stock} warehouses={article.warehouses} />
          <ProductPicture picture={article.picture} />
        </aside>
      </div>
    </>
  );
}
