import { useMessages } from "./language.tsx";
import { Moment } from "./moment.tsx";

/** When and where the numbers of a page of staff come from. `counted`: some of them stop at a bound. */
export function ReadAt({ at, counted = false }: { at: Date | string; counted?: boolean }) {
  const t = useMessages().ui;
  return (
    <p className="quiet">
      {t.readAt} <Moment at={at} />. {counted ? t.countedTo : null}
    </p>
  );
}
