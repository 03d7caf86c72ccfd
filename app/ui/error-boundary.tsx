import { isRouteErrorResponse, useRouteError, useRouteLoaderData } from "@remix-run/react";
import { errorKind, ErrorPage } from "./error-page.tsx";
import { useMessages } from "./language.tsx";
import { SignInForm } from "./sign-in-form.tsx";

/** What of the root's data an error page needs; absent when the root itself failed. */
type Root = { requestId: string; path: string; viewer: object | null };
type Interrupted = { path: string; fields: Record<string, string> };

/**
 * A route's errors as designed pages. Every route exports it: where only the root catches, an error in an action
 * would be shown without the root's data, that is without language, acting bar and way on.
 */
export function ErrorBoundary() {
  const error = useRouteError();
  const root = useRouteLoaderData("root") as Root | undefined;
  const answer = isRouteErrorResponse(error) ? error : null;
  const interrupted = (answer?.data as { interrupted?: Interrupted } | undefined)?.interrupted;
  if (answer?.status === 401 && interrupted) return <SignInAgain interrupted={interrupted} />;
  // The text of an answer of ours is for the reader; Remix's own ("Error: No route matches URL") is not.
  const detail = answer && answer.status !== 404 && answer.status < 500 && typeof answer.data === "string" && !answer.data.startsWith("Error:") ? answer.data : null;
  return <ErrorPage kind={errorKind(answer?.status ?? 500)} detail={detail || null} reference={root?.requestId} signedIn={Boolean(root?.viewer)} next={root?.path} />;
}

/** The login ended while a form was being filled in: sign in here, and the form is offered again. */
function SignInAgain({ interrupted }: { interrupted: Interrupted }) {
  const t = useMessages();
  return (
    <div className="narrow">
      <h1>{t.errors.pages.expired![0]}</h1>
      <p className="lead">{t.login.keptForm}</p>
      <SignInForm interrupted={interrupted} />
    </div>
  );
}
