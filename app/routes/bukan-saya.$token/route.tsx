import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { env } from "#app/env.server.ts";
import { page } from "#app/http/page.server.ts";
import { limited, waitIn } from "#app/http/reply.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { messages } from "#app/words.ts";
import { disputeByLink, readLink, takeLinkTry } from "#app/disputes/dispute.server.ts";
import { disputeForm, fateOf } from "#app/disputes/dispute.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { DisputeForm } from "#app/disputes/dispute-form.tsx";
import { DisputeThanks } from "#app/disputes/dispute-thanks.tsx";
import { HqContact } from "./hq-contact.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta: MetaFunction = (args) => [
  ...(title((t) => t.disputes.title)(args) ?? []),
  { name: "robots", content: "noindex, nofollow" },
];

// The address is the key to the order: it is kept in no cache and no index, and told to no other site. («same-origin»,
// because with «no-referrer» a browser sends our own form without an origin, which is refused.)
export const headers: HeadersFunction = () => ({
  "cache-control": "private, no-store",
  "referrer-policy": "same-origin",
  "x-robots-tag": "noindex, nofollow",
});

/** What the link is about, for whoever holds it. Opening it changes nothing: mail scanners open every link. */
export async function loader(args: LoaderFunctionArgs) {
  const token = args.params.token ?? "";
  const { viewer, visit, data: link } = await page(args, "anyone", (db) => readLink(db, token));
  const shared = { token, whatsapp: env.HQ_WHATSAPP, signedIn: viewer.account !== null };
  if (link.kind === "order") {
    const { status: _, dispute, ...order } = link.order;
    return data({
      ...shared,
      link: {
        kind: link.kind,
        order,
        fate: fateOf(link.order),
        dispute: dispute && { at: dispute.at, outcome: dispute.outcome },
      },
      wait: null,
    });
  }
  const wait = link.kind === "forged" ? await visit.write(takeLinkTry) : 0;
  if (wait > 0) visit.outgoing.retryAfter = wait;
  return data(
    { ...shared, link, wait: wait > 0 ? waitIn(wait, visit.lang) : null },
    { status: wait > 0 ? 429 : link.kind === "forged" ? 404 : 410 },
  );
}

/** «Bukan saya». Twice is once; the page that follows says thank you, or what is wrong with the link. */
export function action(args: ActionFunctionArgs) {
  const token = args.params.token ?? "";
  return submit(args, "anyone", disputeForm, async ({ note }, visit) => {
    const link = await visit.write((db) => disputeByLink(db, token, note));
    // Guessing by forms is guessing: it is counted as opening such a link is.
    const wait = link.kind === "forged" ? await visit.write(takeLinkTry) : 0;
    if (wait > 0) return limited(visit, wait, { note }, messages(visit.lang).disputes.limitedText);
    return redirect(`/bukan-saya/${encodeURIComponent(token)}`, { status: 303 });
  });
}

export default function NotMe() {
  const { token, link, wait, whatsapp, signedIn } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <div className="narrow">
      {link.kind !== "order" ? (
        <UnsoundLink kind={wait ? "limited" : link.kind} wait={wait} signedIn={signedIn} />
      ) : link.dispute ? (
        <DisputeThanks {...link} dispute={link.dispute} reply={answer} />
      ) : (
        <DisputeForm order={link.order} fate={link.fate} action={`/bukan-saya/${token}`} reply={answer} />
      )}
      {link.kind === "order" && !link.dispute ? <KeepOrder /> : null}
      <HqContact whatsapp={whatsapp} />
    </div>
  );
}

function KeepOrder() {
  return <p className="quiet">{useMessages().disputes.keepLink}</p>;
}

/** A link that opens nothing, and the ways on from there. */
function UnsoundLink({
  kind,
  wait,
  signedIn,
}: {
  kind: "forged" | "expired" | "limited";
  wait: [minutes: number, at: string] | null;
  signedIn: boolean;
}) {
  const t = useMessages();
  const words = t.disputes;
  const [heading, text] = {
    forged: [words.forgedTitle, words.forgedText],
    expired: [words.expiredTitle, words.expiredText],
    limited: [words.limitedTitle, wait ? words.limitedText(...wait) : ""],
  }[kind];
  return (
    <>
      <h1>{heading}</h1>
      <p className="lead">{text}</p>
      <p className="actions">
        {signedIn ? (
          <ButtonLink href="/dashboard">{t.ui.errors.toHome}</ButtonLink>
        ) : (
          <ButtonLink href="/login?next=%2Forders">{words.signIn}</ButtonLink>
        )}
      </p>
    </>
  );
}
