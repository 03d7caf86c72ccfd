import type { OrderFilter } from "#app/orders/staff.ts";
import { TextField } from "#app/ui/fields.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { SearchText } from "#app/ui/search-text.tsx";

/** `typed`: days that are none, as they were typed. */
type Props = { filter: OrderFilter; typed: Partial<Record<"from" | "to", string>>; backwards: boolean };

/** A number or a store, and the days between which orders were placed; the other filters stay. */
export function OrderSearch({ filter, typed, backwards }: Props) {
  const t = useMessages();
  const { q, status, sync, shadow, held, sort, from, to } = filter;
  // A browser throws away what is no day where it expects one, and what was typed should stay.
  const day = (name: "from" | "to", read: string | null) =>
    ({
      name,
      type: typed[name] === undefined ? "date" : "text",
      defaultValue: typed[name] ?? read ?? "",
      maxLength: 40,
    }) as const;
  const wrong = (name: "from" | "to") => (typed[name] === undefined ? null : t.orders.list.noDay);
  return (
    <form className="order-search" method="get" action="/admin/orders" role="search">
      {Object.entries({ status, sync, shadow, held, sort }).map(([name, value]) =>
        value ? <input key={name} type="hidden" name={name} value={value} /> : null,
      )}
      <SearchText label={t.orders.list.search} hint={t.orders.list.searchHint} value={q} />
      <div className="search__selects">
        <TextField {...day("from", from)} label={t.orders.list.from} error={wrong("from")} />
        <TextField
          {...day("to", to)}
          label={t.orders.list.to}
          error={wrong("to") ?? (backwards ? t.orders.list.backwards : null)}
        />
      </div>
      <p>
        <SubmitButton kind="quiet">{t.ui.actions.search}</SubmitButton>
      </p>
    </form>
  );
}
