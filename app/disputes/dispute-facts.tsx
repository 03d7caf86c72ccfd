import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";

export type DisputedOrder = {
  number: string;
  store: string;
  salesman: string;
  total: number;
  placedAt: Date | string;
  lines: number;
};

/** Which order it is about: no more than the owner's mail told. */
export function DisputeFacts({ number, store, salesman, total, placedAt, lines }: DisputedOrder) {
  const t = useMessages().disputes;
  return (
    <section className="card card--padded">
      <Facts
        facts={[
          { label: t.facts.store, value: store },
          { label: t.facts.number, value: <span className="figures">{number}</span> },
          { label: t.facts.salesman, value: salesman },
          { label: t.facts.at, value: <Moment at={placedAt} /> },
          { label: t.facts.lines, value: t.lines(lines) },
          { label: t.facts.total, value: <Money amount={total} />, number: true, strong: true },
        ]}
      />
    </section>
  );
}
