import type { Article } from "#app/catalogue/article.server.ts";
import { StockBadge } from "#app/ui/badges.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";

/** What the ERP has, by warehouse, and how the stock that stores are shown comes about. */
export function StockCard({ stock, warehouses }: Pick<Article, "stock" | "warehouses">) {
  const lang = useLang();
  const t = useMessages().catalogue.article;
  const pieces = (label: string, n: number, strong = false) => ({
    label,
    value: formatNumber(n, lang),
    number: true,
    strong,
  });
  return (
    <section className="card card--padded">
      <div className="page-head">
        <h2>{t.stock}</h2>
        <StockBadge level={stock.badge} />
      </div>
      <Facts
        facts={[
          ...warehouses.map(({ name, pieces: n }) => pieces(t.warehouse(name), n)),
          pieces(t.erp, stock.erp, true),
          pieces(t.buffer, stock.buffer),
          pieces(t.display, stock.display, true),
          pieces(t.held, stock.held),
          pieces(t.free, Math.max(stock.display - stock.held, 0), true),
          { label: t.asOf, value: stock.asOf ? <Moment at={stock.asOf} ago /> : t.never },
        ]}
      />
      <p>
        <a href="/admin/erp">{t.toErp}</a>
      </p>
    </section>
  );
}
