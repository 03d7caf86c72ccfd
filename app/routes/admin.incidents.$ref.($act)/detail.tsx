import { formatWib } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { wordFor } from "#app/ui/word.ts";

/** The single values of an event's detail in words; lists and notes are told elsewhere. */
export function useDetail() {
  const lang = useLang();
  const { incidents, disputes, erp, ui } = useMessages();
  const { keys } = incidents;
  const words = {
    ...incidents.tasks.kinds,
    ...incidents.tasks.decisions,
    ...disputes.reports.outcomes,
    ...incidents.timers.kinds,
    ...incidents.linkKinds,
    ...incidents.channels,
    ...incidents.roles,
  };
  const said = (key: string, value: unknown) => {
    if (key === "erp") return wordFor(erp.breaker.states, String(value)) ?? String(value);
    if (key === "due") return formatWib(String(value), lang);
    if (key === "posts")
      return String(value)
        .split(", ")
        .map((post) => wordFor(incidents.posts, post) ?? post)
        .join(", ");
    if (typeof value === "boolean") return value ? ui.yes : ui.no;
    return wordFor(words, String(value)) ?? String(value);
  };
  return (detail: Record<string, unknown>): Array<{ label: string; value: string }> =>
    Object.entries(detail)
      .filter(([key, value]) => key !== "note" && key !== "severity" && value !== null && typeof value !== "object")
      .map(([key, value]) => ({ label: wordFor(keys, key) ?? key, value: said(key, value) }));
}
