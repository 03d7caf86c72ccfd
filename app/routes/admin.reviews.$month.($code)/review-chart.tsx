import { formatRupiah } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";

type Line = { rank: number; code: string; name: string; impersonations: number; orders: number; amount: number };
type Props = { month: string; lines: Line[] };

const step = 64;
const longest = 24;

/**
 * How often each salesman acted, as bars. Its width is the page's and its letters keep their size, since nothing is
 * scaled: lengths are shares, heights are pixels.
 */
export function ReviewChart({ month, lines }: Props) {
  const lang = useLang();
  const t = useMessages();
  const words = t.reviews;
  const most = Math.max(...lines.map(({ impersonations }) => impersonations));
  const said = ({ name, impersonations }: Line) => `${name}, ${words.times(impersonations)}`;
  return (
    <figure className="card card--padded chart">
      <figcaption>
        <h2>{words.chart}</h2>
      </figcaption>
      <svg width="100%" height={lines.length * step} role="img" aria-labelledby="chart-title chart-text">
        <title id="chart-title">{`${words.top}, ${t.ui.month(month)}`}</title>
        <desc id="chart-text">{words.chartText(t.ui.month(month), said(lines[0]!), said(lines.at(-1)!))}</desc>
        {lines.map((line, index) => (
          <g key={line.code} transform={`translate(0 ${index * step})`}>
            <text className="chart__name" x="0" y="16">{`${line.rank}. ${shortened(line.name)}`}</text>
            <text className="chart__count" x="100%" y="16" textAnchor="end">
              {words.times(line.impersonations)}
            </text>
            <rect className="chart__track" x="0" y="23" width="100%" height="12" rx="3" />
            <rect
              className="chart__bar"
              x="0"
              y="23"
              width={`${((100 * line.impersonations) / most).toFixed(1)}%`}
              height="12"
              rx="3"
            />
            <text className="chart__note" x="0" y="51">
              {words.worth(formatRupiah(line.amount, lang), line.orders)}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  );
}

const shortened = (name: string) => (name.length > longest ? `${name.slice(0, longest - 1)}…` : name);
