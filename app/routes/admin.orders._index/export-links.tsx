import { exportFormats, exportMost } from "#app/orders/export.ts";
import type { OrderFilter } from "#app/orders/staff.ts";
import { formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { listAddress, shownCount } from "#app/ui/list.ts";

/** The list as a file, as it is filtered and sorted, from its first order on. */
export function ExportLinks({ filter, orders }: { filter: OrderFilter; orders: number }) {
  const lang = useLang();
  const t = useMessages().orders.saved;
  return (
    <section className="stack stack--tight no-print">
      <h2>{t.title}</h2>
      <p className="quiet">
        {t.lead(shownCount(orders, lang), formatNumber(exportMost, lang))} {t.recorded}
      </p>
      <p className="row">
        {exportFormats.map((format) => (
          <a
            key={format}
            className="button button--quiet"
            href={listAddress(`/admin/orders/export/${format}`, { ...filter, after: null })}
            download
          >
            {t[format]}
          </a>
        ))}
      </p>
    </section>
  );
}
