import type { Metric } from "#app/vitals/vital.ts";
import { formatDecimal, formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";

/** A value as people read it: «2,4 detik», «180 ms», «0,05». */
export function useVitalText(): (metric: Metric, value: number) => string {
  const lang = useLang();
  const { vitals: t } = useMessages();
  return (metric, value) => {
    if (metric === "CLS") return formatDecimal(value, lang, 2);
    return value >= 1_000
      ? t.seconds(formatDecimal(value / 1_000, lang, 1))
      : `${formatNumber(Math.round(value), lang)} ms`;
  };
}
