import type { ReactNode } from "react";
import type { Lang } from "#app/words.ts";

export type Mark = { label: string; x: number };
export type Level = { label: string; y: number };
type Props = {
  id: string;
  title: string;
  text: string;
  height: number;
  levels: Level[];
  marks: Mark[];
  children: ReactNode;
};

const axis = 22;

/**
 * The frame of a chart over time. Nothing is scaled: widths are shares of the page's, heights are pixels, so that
 * letters keep their size on a phone. Its levels stand in a column of their own at the left.
 */
export function Plot({ id, title, text, height, levels, marks, children }: Props) {
  return (
    <div className={levels.length > 0 ? "plot plot--levels" : "plot"}>
      {levels.length > 0 ? (
        <svg className="plot__levels" width="100%" height={height + axis} aria-hidden="true" focusable="false">
          {levels.map(({ label, y }) => (
            <text key={label} className="chart__note" x="100%" y={y + 5} textAnchor="end">
              {label}
            </text>
          ))}
        </svg>
      ) : null}
      <svg width="100%" height={height + axis} role="img" aria-labelledby={`${id}-title ${id}-text`}>
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-text`}>{text}</desc>
        {levels.map(({ label, y }) => (
          <line key={label} className="plot__level" x1="0" x2="100%" y1={y} y2={y} />
        ))}
        <line className="plot__ground" x1="0" x2="100%" y1={height} y2={height} />
        {marks.map(({ label, x }) => (
          <g key={`${label}${x}`}>
            <line className="plot__tick" x1={`${x}%`} x2={`${x}%`} y1={height} y2={height + 5} />
            <text
              className="chart__note"
              x={`${x}%`}
              y={height + axis - 3}
              textAnchor={x < 6 ? "start" : x > 94 ? "end" : "middle"}
            >
              {label}
            </text>
          </g>
        ))}
        {children}
      </svg>
    </div>
  );
}

/** A day without its year, for axes: «16 Nov». */
export const shortDay = (at: Date, day: (at: Date, lang: Lang) => string, lang: Lang) =>
  day(at, lang).replace(/ \d{4}$/, "");
