import { type OrderFilter, sorts } from "#app/orders/staff.ts";
import { listAddress, shownCount } from "#app/ui/list.ts";
import { type FilterLink, Filters } from "#app/ui/filters.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { keysOf } from "#app/ui/keys.ts";

type Props = {
  filter: OrderFilter;
  counts: { status: Record<string, number>; sync: Record<string, number>; shadow: number; held: number };
};

/** Groups of links; each keeps what the others and the search say, and its count fits them. */
export function OrderFilters({ filter, counts }: Props) {
  const t = useMessages();
  const to = (change: Partial<OrderFilter>) => listAddress("/admin/orders", { ...filter, after: null, ...change });
  const link = (label: string, change: Partial<OrderFilter>, n?: number): FilterLink => ({
    label,
    href: to(change),
    current: keysOf(change).every((name) => filter[name] === change[name]),
    count: n === undefined ? undefined : shownCount(n),
  });
  const status = keysOf(t.orders.statuses);
  const sync = keysOf(t.orders.syncStatuses);
  return (
    <div className="stack stack--tight">
      <Filters
        label={t.orders.status}
        links={[
          link(t.orders.list.all.status, { status: null }),
          ...status.map((value) => link(t.orders.statuses[value], { status: value }, counts.status[value])),
        ]}
      />
      <Filters
        label={t.orders.sync}
        links={[
          link(t.orders.list.all.sync, { sync: null }),
          ...sync.map((value) => link(t.orders.syncStatuses[value], { sync: value }, counts.sync[value])),
        ]}
      />
      <Filters
        label={t.orders.list.origin}
        links={[
          link(t.orders.list.all.origin, { shadow: null }),
          link(t.orders.list.shadowOnly, { shadow: "yes" }, counts.shadow),
        ]}
      />
      <Filters
        label={t.orders.list.held}
        links={[link(t.orders.list.heldOrNot, { held: null }), link(t.orders.list.held, { held: "yes" }, counts.held)]}
      />
      <Filters
        label={t.orders.list.sort}
        links={[
          link(t.orders.list.sorts.newest, { sort: null }),
          ...sorts.map((sort) => link(t.orders.list.sorts[sort], { sort })),
        ]}
      />
    </div>
  );
}
