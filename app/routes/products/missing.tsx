import type { CatalogueFilter } from "#app/catalogue/catalogue.ts";
import { useMessages } from "#app/ui/language.tsx";
import { address } from "./address.ts";
import { Onward } from "./onward.tsx";

type Props = { typed: string[]; filter: CatalogueFilter; priced: boolean };

/** What of a list of SKUs is none of its cards; on one shelf, the way to all of them. */
export function Missing({ typed, filter, priced }: Props) {
  const t = useMessages().catalogue;
  return (
    <section className="card card--padded">
      <p>{t.missing(typed)}</p>
      {filter.brand || filter.category ? (
        <Onward to={address({ ...filter, brand: null, category: null })} priced={priced}>
          {t.missingElsewhere}
        </Onward>
      ) : null}
    </section>
  );
}
