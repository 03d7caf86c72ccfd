import type { ComponentProps, ReactNode } from "react";
import type { CallHour } from "#app/erp/calls.ts";
import { useFigures } from "#app/erp/figures.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Plot } from "#app/ui/plot.tsx";

export type HourView = Omit<CallHour, "hour"> & { hour: Date | string };

export const height = 132;
/** Where the column of an hour begins, in percent of the width. */
export const left = (index: number, count: number) => (100 * index) / count;
export const middle = (index: number, count: number) => (100 * (index + 0.5)) / count;

type Props = Pick<ComponentProps<typeof Plot>, "levels" | "children"> & {
  id: "errors" | "latency";
  /** What it shows, in a sentence. */
  said: string;
  hours: HourView[];
  legend?: ReactNode;
};

/** What both charts stand in: name and sentence above, hours below. */
export function HourChart({ id, said, hours, levels, legend, children }: Props) {
  const t = useMessages().erp.calls;
  const text = t[`${id}Text`](said);
  return (
    <figure className="card card--padded chart">
      <figcaption className="stack stack--tight">
        <h3>{t[id]}</h3>
        <p className="quiet">{said}</p>
      </figcaption>
      <Plot id={id} title={t[id]} text={text} levels={levels} height={height} marks={useMarks(hours)}>
        {children}
      </Plot>
      {legend}
    </figure>
  );
}

// The hours that six divides, where their column begins.
function useMarks(hours: HourView[]) {
  const { hour: said } = useFigures();
  return hours.flatMap(({ hour }, index) => {
    const label = said(hour);
    return Number(label.slice(0, 2)) % 6 === 0 ? [{ label, x: left(index, hours.length) }] : [];
  });
}
