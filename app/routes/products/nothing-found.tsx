import type { CatalogueFilter } from "#app/catalogue/catalogue.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { address } from "./address.ts";

type Props = { filter: CatalogueFilter; elsewhere: number };

/** Where else it is; otherwise the way back to everything. */
export function NothingFound({ filter, elsewhere }: Props) {
  const t = useMessages();
  if (elsewhere > 0) {
    const everywhere = {
      href: address({ ...filter, brand: null, category: null }),
      label: t.catalogue.elsewhere(elsewhere),
    };
    return (
      <EmptyState icon="search" title={t.catalogue.emptyTitle} text={t.catalogue.elsewhereText} action={everywhere} />
    );
  }
  return (
    <EmptyState
      icon="search"
      title={t.catalogue.emptyTitle}
      text={t.catalogue.emptyText}
      action={{ href: "/products", label: t.ui.actions.clear }}
    />
  );
}
