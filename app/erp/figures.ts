import { formatDecimal, formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";

/** Figures of the ERP's pages in words: times a call took, percentages, spans, and hours of Jakarta. */
export function useFigures() {
  const lang = useLang();
  const { span } = useMessages().erp;
  return {
    ms: (value: number) => `${formatNumber(Math.max(1, Math.round(value)), lang)} ms`,
    percent: (value: number) => `${formatDecimal(value, lang)}%`,
    span(seconds: number) {
      const whole = Math.round(Math.abs(seconds));
      if (whole < 60) return span.seconds(whole);
      if (whole < 3_600) return span.minutes(Math.round(whole / 60));
      return span.hours(Math.floor(whole / 3_600), Math.round((whole % 3_600) / 60) % 60);
    },
    hour: (at: Date | string) =>
      new Date(new Date(at).getTime() + 7 * 3_600_000)
        .toISOString()
        .slice(11, 16)
        .replace(":", lang === "id" ? "." : ":"),
  };
}
