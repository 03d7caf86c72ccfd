import { ButtonLink } from "./button-link.tsx";
import { useMessages } from "./language.tsx";

/**
 * Keyset paging: forward by the last row's key, back by the first row's (`previous`) or to the start. `label`: which
 * list, where a page has several.
 */
type Props = {
  next: string | null;
  first: string | null;
  previous?: string | null;
  shown?: number;
  label?: string;
  /** Inside a form whose typed fields are kept: its buttons then, which say where to go by this name. */
  button?: string;
};

export function Pager({ next, first, previous = null, shown, label, button }: Props) {
  const t = useMessages();
  if (!next && !first && !previous) return null;
  return (
    <nav className="pager" aria-label={label ? `${t.ui.pager.label}: ${label}` : t.ui.pager.label}>
      {previous || first ? (
        <Step to={previous ?? first!} rel={previous ? "prev" : undefined} button={button}>
          {previous ? t.ui.pager.back : t.ui.pager.previous}
        </Step>
      ) : (
        <span />
      )}
      {shown === undefined ? null : <span className="quiet">{t.ui.form.showing(shown)}</span>}
      {next ? (
        <Step to={next} rel="next" button={button}>
          {t.ui.pager.next}
        </Step>
      ) : (
        <span />
      )}
    </nav>
  );
}

function Step({ to, rel, button, children }: { to: string; rel?: string; button?: string; children: string }) {
  if (button)
    return (
      <button type="submit" name={button} value={to} className="button button--quiet">
        {children}
      </button>
    );
  return (
    <ButtonLink kind="quiet" href={to} rel={rel}>
      {children}
    </ButtonLink>
  );
}
