import { reasonOf } from "./erp-reason.ts";
import { useMessages } from "#app/ui/language.tsx";

/** Why something was refused or failed, in words of staff, and the system's own beneath. */
export function Reason({ words }: { words: string }) {
  const { reasons } = useMessages().erp;
  return (
    <span className="reason">
      {reasons[reasonOf(words)]}
      <span className="sub quiet break">{words}</span>
    </span>
  );
}
