import { formatDecimal, formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { wordFor } from "#app/ui/word.ts";
import type { Budget } from "#app/vitals/objective.ts";

export type Named = Pick<Budget, "name" | "within_ms">;

/** What objectives are called, and how shares are written. */
export function useObjectiveWords() {
  const lang = useLang();
  const t = useMessages().vitals.objectives;
  return {
    nameOf: ({ name, within_ms }: Named): string => {
      const [endpoint = ""] = name.split(/-p\d+$/);
      const service = wordFor(t.endpoints, endpoint) ?? endpoint;
      return within_ms === null ? (wordFor(t.names, name) ?? name) : t.within(service, formatNumber(within_ms, lang));
    },
    percent: (share: number) => formatDecimal(share * 100, lang),
    times: (rate: number) => formatDecimal(rate, lang),
  };
}
