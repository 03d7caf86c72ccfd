import { Filters } from "#app/ui/filters.tsx";

type Props = { label: string; filter: "brand" | "category"; shelves: Array<{ slug: string; name: string }> };

/** Ways into the catalogue, by brand or by category; nothing where none is known. */
export function Shelves({ label, filter, shelves }: Props) {
  if (shelves.length === 0) return null;
  const links = shelves.map(({ slug, name }) => ({
    label: name,
    href: `/products?${filter}=${slug}`,
    current: false,
  }));
  return (
    <section className="stack">
      <h2>{label}</h2>
      <Filters label={label} links={links} />
    </section>
  );
}
