import { useMessages } from "./language.tsx";

/** Keyset paging: forward by the last row's key, back to the start. `label`: which list, where a page has several. */
export function Pager({ next, first, shown, label }: { next: string | null; first: string | null; shown?: number; label?: string }) {
  const t = useMessages();
  if (!next && !first) return null;
  return (
    <nav className="pager" aria-label={label ? `${t.pager.label}: ${label}` : t.pager.label}>
      {first ? (
        <a className="button button--quiet" href={first}>
          {t.pager.previous}
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
