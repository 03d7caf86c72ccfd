import { isRouteErrorResponse, useRouteError, useRouteLoaderData } from "@remix-run/react";
import { EndedBanner } from "./ended-banner.tsx";
import { errorKind, ErrorPage } from "#app/ui/error-page.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { MismatchPage, type MismatchView } from "./mismatch-page.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { TypedValues } from "./typed-values.tsx";

/** What of the root's data an error page needs; absent when the root itself failed. */
type Root = { requestId: string; path: string; viewer: object | null };
type Expired = {
  interrupted: { path: string; fields: Record<string, string> };
  ended: "EXPIRED" | "FORCED" | "SUSPENDED";
  hq: string;
};

/**
 * A route's errors as designed pages. Every route exports it: where only the root catches, an error in an action
 * would be shown without the root's data, that is without language, acting bar and way on.
 */
export function ErrorBoundary() {
  const error = useRouteError();
  const root = useRouteLoaderData<() => Root>("root");
  const answer = isRouteErrorResponse(error) ? error : null;
  const { interrupted, ended, hq, shown, now, values, sent }: Partial<Expired & MismatchView> = answer?.data ?? {};
  if (answer?.status === 401 && interrupted && ended && hq !== undefined)
    return <SignInAgain interrupted={interrupted} ended={ended} hq={hq} />;
  if (answer?.status === 409 && shown && now && values && sent)
    return <MismatchPage shown={shown} now={now} values={values} sent={sent} />;
  // The text of an answer of ours is for the reader; Remix's own ("Error: No route matches URL") is not.
  const detail =
    answer &&
    answer.status !== 404 &&
    answer.status < 500 &&
    typeof answer.data === "string" &&
    !answer.data.startsWith("Error:")
      ? answer.data
      : null;
  return (
    <ErrorPage
      kind={errorKind(answer?.status ?? 500)}
      detail={detail || null}
      reference={root?.requestId}
      signedIn={Boolean(root?.viewer)}
      next={root?.path}
    />
  );
}

/**
 * The login ended while a form was being filled in: sign in here, and the form is offered again. Whose account is
 * suspended cannot; he is told so, and whom to call.
 */
function SignInAgain({ interrupted, ended, hq }: Expired) {
  const t = useMessages();
  const { mismatch } = t.accounts;
  if (ended !== "EXPIRED") {
    return (
      <div className="narrow">
        <h1>{t.accounts.ended[ended].title}</h1>
        <EndedBanner why={ended} hq={hq} sent={false} />
        {ended === "FORCED" ? (
          <SignInForm interrupted={interrupted} />
        ) : (
          <TypedValues title={mismatch.typed} hint={mismatch.notKept} values={interrupted.fields} />
        )}
      </div>
    );
  }
  return (
    <div className="narrow">
      <h1>{t.ui.errors.pages.expired![0]}</h1>
      <p className="lead">{t.accounts.login.keptForm}</p>
      <SignInForm interrupted={interrupted} />
    </div>
  );
}
