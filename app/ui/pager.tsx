import { useMessages } from "./language.tsx";

/** Keyset paging: forward by the last row's key, back by the first row's (`previous`) or to the start. `label`: which list, where a page has several. */
type Props = { next: string | null; first: string | null; previous?: string | null; shown?: number; label?: string };

export function Pager({ next, first, previous = null, shown, label }: Props) {
  const t = useMessages();
  if (!next && !first && !previous) return null;
  return (
    <nav className="pager" aria-label={label ? `${t.pager.label}: ${label}` : t.pager.label}>
      {previous || first ? (
        <a className="button button--quiet" href={previous ?? first ?? undefined} rel={previous ? "prev" : undefined}>
          {previous ? t.pager.back : t.pager.previous}
        </a>
      ) : (
        <span />
      )}
      {shown === undefined ? null : <span className="quiet">{t.form.showing(shown)}</span>}
      {next ? (
        <a className="button button--quiet" href={next} rel="next">
          {t.pager.next}
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}
