import { formatDay } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";

/** From the first to the last day, by Jakarta's calendar. */
export function Period({ from, to }: { from: string; to: string }) {
  const lang = useLang();
  const day = (date: string) => formatDay(`${date}T12:00:00+07:00`, lang);
  return <>{useMessages().evidence.periodOf(day(from), day(to))}</>;
}
