import type { ReactNode } from "react";

/** Names and values in two columns: what a page knows about one thing. */
export function Facts({
  facts,
}: {
  facts: Array<{ label: string; value: ReactNode; number?: boolean; strong?: boolean }>;
}) {
  return (
    <dl className="facts">
      {facts.map(({ label, value, number, strong }) => (
        <div key={label} className={strong ? "facts__row facts__row--strong" : "facts__row"}>
          <dt>{label}</dt>
          <dd className={number ? "number" : undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** One figure that matters, with its name; a link where there is more to see. */
export function Figure({
  label,
  href,
  note,
  children,
}: {
  label: string;
  href?: string;
  note?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="figure card">
      <p className="figure__label">{href ? <a href={href}>{label}</a> : label}</p>
      <p className="figure__value">{children}</p>
      {note ? <p className="quiet">{note}</p> : null}
    </div>
  );
}
