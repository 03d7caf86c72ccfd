import { type DetectorUnit, measured } from "#app/incidents/detector.ts";
import { formatWib } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { isKeyOf } from "#app/ui/keys.ts";
import { wordFor } from "#app/ui/word.ts";

const toldElsewhere = new Set(["note", "severity", "unit"]);

/** The single values of an event's detail in words; lists and notes are told elsewhere. */
export function useDetail() {
  const lang = useLang();
  const { incidents, disputes, erp, vitals, ui } = useMessages();
  const { keys } = incidents;
  const words = {
    ...incidents.tasks.kinds,
    ...incidents.tasks.decisions,
    ...disputes.reports.outcomes,
    ...incidents.timers.kinds,
    ...incidents.linkKinds,
    ...incidents.channels,
    ...incidents.roles,
    ...vitals.objectives.names,
    ...incidents.detectors.names,
  };
  const said = (key: string, value: unknown, unit: unknown) => {
    if (key === "erp") return wordFor(erp.breaker.states, String(value)) ?? String(value);
    if (key === "value" && isKeyOf(incidents.detectors.units, String(unit)))
      return measured(incidents.detectors.units, unit as DetectorUnit, Number(value), lang);
    if (key === "blind")
      return String(value)
        .split(" ")
        .map((name) => wordFor(incidents.detectors.names, name) ?? name)
        .join("; ");
    if (key === "due" || key === "since" || key === "ended") return formatWib(String(value), lang);
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
      .filter(([key, value]) => !toldElsewhere.has(key) && value !== null && typeof value !== "object")
      .map(([key, value]) => ({ label: wordFor(keys, key) ?? key, value: said(key, value, detail.unit) }));
}
