import { formatWib } from "./format.ts";
import { useLang } from "./language.tsx";
import { formatRelative } from "./relative.ts";

/**
 * A moment, absolute; with `ago` its age beside it. `now`: the clock that the age is told by, where it has to be the
 * database's.
 */
export function Moment({ at, ago = false, now }: { at: Date | string; ago?: boolean; now?: Date | string }) {
  const lang = useLang();
  return (
    <span className="moment">
      <time dateTime={new Date(at).toISOString()}>{formatWib(at, lang)}</time>
      {ago ? (
        <span className="quiet">{` (${formatRelative(at, lang, now === undefined ? undefined : new Date(now))})`}</span>
      ) : null}
    </span>
  );
}
