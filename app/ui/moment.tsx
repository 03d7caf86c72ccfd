import { formatRelative, formatWib } from "./format.ts";
import { useLang } from "./language.tsx";

/** A moment, absolute; with `ago` its age beside it. */
export function Moment({ at, ago = false }: { at: Date | string; ago?: boolean }) {
  const lang = useLang();
  return (
    <span className="moment">
      <time dateTime={new Date(at).toISOString()}>{formatWib(at, lang)}</time>
      {ago ? <span className="quiet">{` (${formatRelative(at, lang)})`}</span> : null}
    </span>
  );
}
