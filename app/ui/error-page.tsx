import { ButtonLink } from "./button-link.tsx";
import { useMessages } from "./language.tsx";

export type ErrorKind = 400 | 403 | 404 | 405 | 409 | 413 | 429 | 500 | 503 | "expired";

/** What happened, what was kept, where to go; `reference` is what an admin finds in the log. */
export function ErrorPage({
  kind,
  reference,
  detail,
  next,
  signedIn = false,
}: {
  kind: ErrorKind;
  reference?: string | null;
  detail?: string | null;
  next?: string;
  signedIn?: boolean;
}) {
  const t = useMessages();
  const [title, text] = t.ui.errors.pages[kind] ?? t.ui.errors.pages[500]!;
  const login = next ? `/login?next=${encodeURIComponent(next)}` : "/login";
  const toLogin = kind === "expired" || (kind === 403 && !signedIn);
  return (
    <div className="error-page">
      <p className="error-page__code" aria-hidden="true">
        {kind === "expired" ? "401" : kind}
      </p>
      <h1>{title}</h1>
      <p className="lead">{detail ?? text}</p>
      <p className="actions">
        {toLogin ? (
          <ButtonLink href={login}>{t.ui.errors.toLogin}</ButtonLink>
        ) : (
          <ButtonLink href={signedIn ? "/dashboard" : "/"}>{t.ui.errors.toHome}</ButtonLink>
        )}
        <ButtonLink kind="quiet" href="/products">
          {t.ui.errors.toCatalogue}
        </ButtonLink>
      </p>
      {reference ? (
        <p className="quiet">
          <strong className="figures">{t.ui.errors.reference(reference)}</strong>
          <br />
          {t.ui.errors.referenceHint}
        </p>
      ) : null}
    </div>
  );
}

/** The kind of page for an HTTP status. */
export function errorKind(status: number): ErrorKind {
  if (status === 401) return "expired";
  const designed = [400, 403, 404, 405, 409, 413, 429, 503] as const;
  return designed.find((known) => known === status) ?? (status < 500 ? 400 : 500);
}
