import { useMessages } from "#app/ui/language.tsx";

/** The single values of an event's detail in words; lists and notes are told elsewhere. */
export function useDetail() {
  const { office, admin, owner } = useMessages();
  const { keys } = office.incidents;
  const words = { ...office.tasks.kinds, ...office.tasks.decisions, ...owner.desk.outcomes } as Record<string, string>;
  const said = (key: string, value: unknown) => {
    if (key === "erp") return admin.erp.state[String(value)] ?? String(value);
    if (typeof value === "boolean") return value ? admin.common.yes : admin.common.no;
    return words[String(value)] ?? String(value);
  };
  return (detail: Record<string, unknown>): Array<{ label: string; value: string }> =>
    Object.entries(detail)
      .filter(([key, value]) => key !== "note" && key !== "severity" && value !== null && typeof value !== "object")
      .map(([key, value]) => ({ label: keys[key] ?? key, value: said(key, value) }));
}
