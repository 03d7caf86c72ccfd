import type { ReactNode } from "react";
import { useMessages } from "./language.tsx";
import { Way } from "./way.tsx";

export type FilterLink = { label: string; href: string; current: boolean; count?: number | string };

/** The links of one filter, with the one that holds marked; null among `values` stands for all. */
export const choices = <const V,>(
  values: readonly V[],
  current: V,
  link: (value: V) => Omit<FilterLink, "current">,
): FilterLink[] => values.map((value) => ({ ...link(value), current: value === current }));

export type FilterGroup = { label: string; links: FilterLink[] };

/** Filters as links, each with its count; the current one is marked for eyes and for screen readers. */
export function Filters({ label, links }: FilterGroup) {
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

type Props = {
  /** Of each the first link stands for nothing being asked. */
  groups?: FilterGroup[];
  /** What was typed, in words. */
  typed?: string[];
  /** Something typed has to be mended. */
  open?: boolean;
  /** A form that searches the same list. */
  children?: ReactNode;
};

/**
 * All that narrows a list. On a phone it is folded into one line that says what is set, so that the list begins on the
 * first screen; where there is room it stands open (staff.css), in browsers that can be told so.
 */
export function FilterFold({ groups = [], typed = [], open = false, children }: Props) {
  const t = useMessages().ui.filters;
  const chosen = groups.flatMap(({ links }) => links.slice(1).filter(({ current }) => current));
  const set = [...typed, ...chosen.map(({ label }) => label)];
  return (
    <details className="filter-fold" open={open}>
      <summary>
        {set.length === 0 ? t.none : t.set(set.length)}
        {set.length === 0 ? null : <span className="quiet">{set.join(" · ")}</span>}
      </summary>
      <div className="stack stack--tight">
        {children}
        {groups.map((group) => (
          <Filters key={group.label} {...group} />
        ))}
      </div>
    </details>
  );
}
