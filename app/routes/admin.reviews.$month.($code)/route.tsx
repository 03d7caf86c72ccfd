import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useParams } from "@remix-run/react";
import { NotFound } from "#app/db/errors.server.ts";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { findReviewMonth, listReviewLines, signReview } from "#app/reviews/review.server.ts";
import { signForm } from "#app/reviews/review.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { ErrorSummary, KeptText } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { ReviewChart } from "./review-chart.tsx";
import { ReviewLine } from "./review-line.tsx";
import { ReviewState } from "#app/reviews/review-state.tsx";
import { ReviewFacts } from "./review-facts.tsx";
import { ReviewTable } from "./review-table.tsx";
import { SignLine } from "./sign-line.tsx";
import { PrintButton } from "#app/ui/print-button.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ review: { month: string } }>((t, data) =>
  data ? `${t.reviews.title}, ${t.ui.month(data.review.month)}` : t.reviews.title,
);

/** A month's review; with /:code, the form of that line. */
export async function loader(args: LoaderFunctionArgs) {
  const { month = "", code } = args.params;
  const { viewer, data } = await page(args, "staff", async (db) => {
    const [review, lines] = await Promise.all([findReviewMonth(db, month), listReviewLines(db, month)]);
    if (code && !lines.some((line) => line.code === code)) throw new NotFound();
    return { review, lines };
  });
  return { ...data, maySign: viewer.account?.role === "AUDITOR" };
}

export async function action(args: ActionFunctionArgs) {
  const { month = "", code = "" } = args.params;
  return submit(args, "auditor", signForm, async (signature, visit) => {
    await visit.write((db) => signReview(db, month, code, signature));
    const t = messages(visit.lang).reviews;
    return redirectWithToast(`/admin/reviews/${month}#${code}`, t.signed(code, t.decisions[signature.decision]));
  });
}

export default function Review() {
  const t = useMessages();
  const words = t.reviews;
  const { review, lines, maySign } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { code } = useParams();
  const asked = maySign ? lines.find((line) => line.code === code && !line.decision) : undefined;
  if (asked) return <SignLine month={review.month} line={asked} reply={reply} />;
  return (
    <>
      <BackLink href="/admin/reviews">{words.back}</BackLink>
      <div className="page-head">
        <div>
          <h1>{`${words.title}: ${t.ui.month(review.month)}`}</h1>
          <p>
            <ReviewState state={review.state} />
          </p>
        </div>
        <PrintButton />
      </div>
      <ErrorSummary errors={(reply?.errors ?? []).map(({ message }) => ({ message }))} />
      <KeptText text={reply?.values.note} />
      <ReviewFacts review={review} />
      {lines.length === 0 ? (
        <p>{words.noLines}</p>
      ) : (
        <>
          <ReviewTable lines={lines} />
          <p className="quiet">{words.explain}</p>
          <ReviewChart month={review.month} lines={lines} />
          <section className="stack">
            <div className="stack stack--tight">
              <h2>{words.decision}</h2>
              <p className="lead">{maySign ? words.signLead : words.auditorOnly}</p>
            </div>
            {lines.map((line) => (
              <ReviewLine key={line.code} month={review.month} line={line} maySign={maySign} />
            ))}
          </section>
        </>
      )}
    </>
  );
}
