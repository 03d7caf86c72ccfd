import { Way } from "./way.tsx";

export type FilterLink = { label: string; href: string; current: boolean; count?: number | string };

/** The links of one filter, with the one that holds marked; null among `values` stands for all. */
export const choices = <const V,>(
  values: readonly V[],
  current: V,
  link: (value: V) => Omit<FilterLink, "current">,
): FilterLink[] => values.map((value) => ({ ...link(value), current: value === current }));

/** Filters as links, each with its count; the current one is marked for eyes and for screen readers. */
export function Filters({ label, links }: { label: string; links: FilterLink[] }) {
  return (
    <nav className="filters" aria-label={label}>
      <ul>
        {links.map(({ label: text, href, current, count }) => (
          <li key={href}>
            <Way href={href} aria-current={current ? "true" : undefined}>
              {text}
              {count === undefined ? null : <span className="filters__count">{count}</span>}
            </Way>
          </li>
        ))}
      </ul>
    </nav>
  );
}
