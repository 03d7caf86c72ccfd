import { randomUUID } from "node:crypto";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { askForm, kindFrom, privacyKinds } from "#app/privacy/privacy.ts";
import { askPrivacy } from "#app/privacy/privacy.server.ts";
import { Select, Textarea, TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { title } from "#app/ui/title.ts";
import { messages } from "#app/words.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.privacy.ask.title);

/** For everybody, also for whom the system shut out: what he may ask about his data. */
export async function loader(args: LoaderFunctionArgs) {
  await page(args, "anyone", () => Promise.resolve(null));
  return { kind: kindFrom(new URL(args.request.url).searchParams.get("minta")) ?? "", key: randomUUID() };
}

export async function action(args: ActionFunctionArgs) {
  return submit(args, "anyone", askForm, async (asked, visit) => {
    const { ref } = await visit.write((db) => askPrivacy(db, asked, visit.lang));
    return redirectWithToast("/privasi", messages(visit.lang).privacy.ask.sent(ref));
  });
}

export default function AskPrivacy() {
  const { privacy, leads } = useMessages();
  const t = privacy.ask;
  const { kind, key } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  return (
    <div className="narrow stack">
      <h1>{t.title}</h1>
      <p className="lead">{t.lead}</p>
      <PostForm action="/privasi/permintaan" className="form">
        <ErrorSummary errors={reply?.errors ?? []} />
        <input type="hidden" name="key" value={reply?.values.key ?? key} />
        <Select
          {...kept(reply, "kind", kind)}
          label={t.kind}
          options={[
            { value: "", label: leads.form.choose },
            ...privacyKinds.map((value) => ({ value, label: privacy.kinds[value] })),
          ]}
        />
        <TextField {...kept(reply, "name")} label={t.name} maxLength={120} autoComplete="name" />
        <TextField {...kept(reply, "address")} label={t.address} hint={t.addressHint} maxLength={200} />
        <Textarea {...kept(reply, "words")} label={t.words} hint={t.wordsHint} maxLength={2000} rows={5} />
        <p className="quiet">{t.proof}</p>
        <p>
          <SubmitButton>{t.submit}</SubmitButton>
        </p>
      </PostForm>
      <dl className="stack stack--tight">
        {privacyKinds.map((value) => (
          <div key={value}>
            <dt>
              <strong>{privacy.kinds[value]}</strong>
            </dt>
            <dd>{t.meaning[value]}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
