import type { ReactNode } from "react";
import { formatWib } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Money } from "#app/ui/money.tsx";
import { formatRelative } from "#app/ui/relative.ts";

type Figures = {
  reason: string;
  limit: number;
  ours: number;
  erp: number | null;
  room: number;
  over: number;
  asOf: string | null;
  deposit?: number;
};
type Moment = { label: string; at: Date | string; figures: Figures };
type Row = [label: string, cell: (moment: Moment) => ReactNode];

/**
 * The credit figures of two moments side by side: what the decision leaned on, and what holds since. `explained`: says
 * what is counted.
 */
export function FiguresTable({
  number,
  moments,
  explained = false,
}: {
  number: string;
  moments: Moment[];
  explained?: boolean;
}) {
  const t = useMessages().approvals;
  const deposit: Row = [t.deposit, ({ figures }) => <Money amount={figures.deposit ?? 0} />];
  const rows: Row[] = [
    [t.limit, ({ figures }) => <Money amount={figures.limit} />],
    [t.ours, ({ figures }) => <Money amount={figures.ours} />],
    [t.erp, ({ figures }) => (figures.erp === null ? t.unknown : <Money amount={figures.erp} />)],
    ...(moments.some(({ figures }) => figures.deposit) ? [deposit] : []),
    [t.room, ({ figures }) => <Money amount={figures.room} />],
    [t.over, ({ figures }) => <Over {...figures} />],
    [t.asOf, (moment) => <Age {...moment} />],
  ];
  return (
    <>
      <table className="compare">
        <caption className="hidden">{`${t.figures} ${number}`}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="hidden">{t.figure}</span>
            </th>
            {moments.map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, cell]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {moments.map((moment) => (
                <td key={moment.label} data-label={moment.label}>
                  {cell(moment)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {explained ? <p className="quiet">{t.without}</p> : null}
    </>
  );
}

function Over({ reason, over }: Figures) {
  const t = useMessages().approvals;
  if (reason === "BYPASS") return <span className="quiet">{t.notCompared}</span>;
  return over > 0 ? (
    <strong className="warn-text">
      <Money amount={over} />
    </strong>
  ) : (
    "–"
  );
}

// How old they were at the moment they were used, not today.
function Age({ at, figures: { asOf } }: Moment) {
  const t = useMessages().approvals;
  const lang = useLang();
  if (!asOf) return t.unknown;
  return (
    <>
      <time dateTime={new Date(asOf).toISOString()}>{formatWib(asOf, lang)}</time>
      <span className="sub quiet">{formatRelative(asOf, lang, new Date(at))}</span>
    </>
  );
}
