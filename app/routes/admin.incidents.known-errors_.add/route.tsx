import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { addKnownError } from "#app/incidents/known-error.server.ts";
import { knownErrorForm } from "#app/incidents/known-error.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { Select, Textarea } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { keysOf } from "#app/ui/keys.ts";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { RefLink } from "#app/ui/ref-link.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.incidents.knownErrors.add);

/** Writes down a known error; ?from= is the incident it was learned from, ?cause= that incident's cause. */
export async function loader(args: LoaderFunctionArgs) {
  await page(args, "admin", () => Promise.resolve(null));
  const params = new URL(args.request.url).searchParams;
  const from = params.get("from") ?? "";
  return { from: /^INC-\d{4}-\d{5,9}$/.test(from) ? from : "", cause: params.get("cause") ?? "" };
}

export async function action(args: ActionFunctionArgs) {
  return submit(args, "admin", knownErrorForm, async (words, visit) => {
    const { code } = await visit.write((db) => addKnownError(db, words));
    const to = words.from ? `/admin/incidents/${words.from}` : "/admin/incidents/known-errors";
    return redirectWithToast(to, messages(visit.lang).incidents.knownErrors.saved(code));
  });
}

export default function AddKnownError() {
  const { incidents } = useMessages();
  const t = incidents.knownErrors;
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const from = reply?.values.from ?? data.from;
  return (
    <div className="narrow">
      <BackLink href="/admin/incidents/known-errors">{t.back}</BackLink>
      <h1>{t.add}</h1>
      {from ? (
        <p>
          {t.from} <RefLink href={`/admin/incidents/${from}`}>{from}</RefLink>
        </p>
      ) : null}
      <PostForm className="form" action="/admin/incidents/known-errors/add">
        <ErrorSummary errors={reply?.errors ?? []} />
        <input type="hidden" name="from" value={from} />
        <Select
          {...kept(reply, "cause", data.cause)}
          label={t.cause}
          options={[
            { value: "", label: t.choose },
            ...keysOf(incidents.causes).map((value) => ({ value, label: incidents.causes[value] })),
          ]}
        />
        <Textarea {...kept(reply, "sign")} label={t.sign} hint={t.signHint} maxLength={500} />
        <Textarea {...kept(reply, "why")} label={t.why} maxLength={1000} />
        <Textarea {...kept(reply, "wayRound")} label={t.wayRound} hint={t.wayRoundHint} rows={5} maxLength={2000} />
        <Textarea {...kept(reply, "rule")} label={t.rule} hint={t.ruleHint} rows={2} maxLength={500} />
        <SubmitButton>{t.save}</SubmitButton>
      </PostForm>
    </div>
  );
}
