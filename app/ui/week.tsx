import { formatDay } from "./format.ts";
import { useLang, useMessages } from "./language.tsx";

/** A week from its Monday to its Sunday. */
export function Week({ monday }: { monday: string }) {
  const lang = useLang();
  const { weekOf } = useMessages().erp.checkpoints;
  const day = (offset: number) => formatDay(new Date(Date.parse(monday) + offset * 86_400_000), lang);
  return <span className="moment">{weekOf(day(0), day(6))}</span>;
}
