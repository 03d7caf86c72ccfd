import { useMessages } from "#app/ui/language.tsx";
import { wordFor } from "#app/ui/word.ts";

/** The single values of an event's detail in words; lists and notes are told elsewhere. */
export function useDetail() {
  const { incidents, disputes, erp, ui } = useMessages();
  const { keys } = incidents;
  const words = { ...incidents.tasks.kinds, ...incidents.tasks.decisions, ...disputes.reports.outcomes };
  const said = (key: string, value: unknown) => {
    if (key === "erp") return wordFor(erp.breaker.states, String(value)) ?? String(value);
    if (typeof value === "boolean") return value ? ui.yes : ui.no;
    return wordFor(words, String(value)) ?? String(value);
  };
  return (detail: Record<string, unknown>): Array<{ label: string; value: string }> =>
    Object.entries(detail)
      .filter(([key, value]) => key !== "note" && key !== "severity" && value !== null && typeof value !== "object")
      .map(([key, value]) => ({ label: wordFor(keys, key) ?? key, value: said(key, value) }));
}
