import type { ReactNode } from "react";
import { type OrderFilter, sorts } from "#app/orders/staff.ts";
import { listAddress, shownCount } from "#app/ui/list.ts";
import { FilterFold, type FilterGroup, type FilterLink } from "#app/ui/filters.tsx";
import { formatDay } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { keysOf } from "#app/ui/keys.ts";

type Props = {
  filter: OrderFilter;
  counts: { status: Record<string, number>; sync: Record<string, number>; shadow: number; held: number };
  /** Something typed has to be mended. */ open: boolean;
  /** The form in which is typed. */ children: ReactNode;
};

/** Groups of links; each keeps what the others and the search say, and its count fits them. */
export function OrderFilters({ filter, counts, open, children }: Props) {
  const t = useMessages().orders;
  const lang = useLang();
  const to = (change: Partial<OrderFilter>) => listAddress("/admin/orders", { ...filter, after: null, ...change });
  const link = (label: string, change: Partial<OrderFilter>, n?: number): FilterLink => ({
    label,
    href: to(change),
    current: keysOf(change).every((name) => filter[name] === change[name]),
    count: n === undefined ? undefined : shownCount(n, lang),
  });
  const group = (label: string, ...links: FilterLink[]): FilterGroup => ({ label, links });
  const { q, from, to: until } = filter;
  return (
    <FilterFold
      open={open}
      typed={[
        ...(q ? [`«${q}»`] : []),
        ...(from ? [`${t.list.from} ${formatDay(from, lang)}`] : []),
        ...(until ? [`${t.list.to} ${formatDay(until, lang)}`] : []),
      ]}
      groups={[
        group(
          t.status,
          link(t.list.all.status, { status: null }),
          ...keysOf(t.statuses).map((value) => link(t.statuses[value], { status: value }, counts.status[value])),
        ),
        group(
          t.sync,
          link(t.list.all.sync, { sync: null }),
          ...keysOf(t.syncStatuses).map((value) => link(t.syncStatuses[value], { sync: value }, counts.sync[value])),
        ),
        group(
          t.list.origin,
          link(t.list.all.origin, { shadow: null }),
          link(t.list.shadowOnly, { shadow: "yes" }, counts.shadow),
        ),
        group(t.list.held, link(t.list.heldOrNot, { held: null }), link(t.list.held, { held: "yes" }, counts.held)),
        group(
          t.list.sort,
          link(t.list.sorts.newest, { sort: null }),
          ...sorts.map((sort) => link(t.list.sorts[sort], { sort })),
        ),
      ]}
    >
      {children}
    </FilterFold>
  );
}
