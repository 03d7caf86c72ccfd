import { type CatalogueFilter, searchMost } from "#app/catalogue/catalogue.ts";
import type { Shelf } from "#app/catalogue/shelves.server.ts";
import { Select } from "#app/ui/fields.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { SearchText } from "#app/ui/search-text.tsx";
import { Onward } from "./onward.tsx";

type Props = {
  filter: CatalogueFilter;
  brands: Shelf[];
  categories: Shelf[];
  priced: boolean;
};

/** `priced`: part of the store's list, which is a form already. Its button comes first in it, so Enter presses it. */
export function SearchFields({ filter, brands, categories, priced }: Props) {
  const t = useMessages();
  const filtered = Boolean(filter.q || filter.brand || filter.category || filter.sort);
  const options = (all: string, shelves: Shelf[]) => [
    { value: "", label: all },
    ...shelves.map(({ slug, name }) => ({ value: slug, label: name })),
  ];
  const prices = [
    { value: "price", label: t.catalogue.sorts.price },
    { value: "price-desc", label: t.catalogue.sorts["price-desc"] },
  ];
  const orders = [
    { value: "", label: t.catalogue.sorts.best },
    { value: "name", label: t.catalogue.sorts.name },
    ...(priced ? prices : []),
  ];
  return (
    <>
      <SearchText
        label={t.catalogue.search}
        hint={priced ? t.catalogue.searchHint : undefined}
        value={filter.q}
        most={searchMost}
      />
      <div className="search__selects">
        <Select
          name="brand"
          label={t.catalogue.brand}
          options={options(t.catalogue.allBrands, brands)}
          defaultValue={filter.brand ?? ""}
        />
        <Select
          name="category"
          label={t.catalogue.category}
          options={options(t.catalogue.allCategories, categories)}
          defaultValue={filter.category ?? ""}
        />
      </div>
      <div className="search__go">
        <Select name="sort" label={t.catalogue.sort} options={orders} defaultValue={filter.sort ?? ""} />
        <SubmitButton kind="quiet">{t.ui.actions.search}</SubmitButton>
        {filtered ? (
          <Onward to="/products" priced={priced}>
            {t.ui.actions.clear}
          </Onward>
        ) : null}
      </div>
    </>
  );
}
