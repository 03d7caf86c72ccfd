import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { listPeople, listPosts, putOnDuty } from "#app/incidents/duty.server.ts";
import { rotaForm } from "#app/incidents/duty.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { Select, TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.incidents.duty.addDuty);

/** Gives somebody a post for some days. */
export async function loader(args: LoaderFunctionArgs) {
  const { data } = await page(args, "admin", (db) => Promise.all([listPosts(db), listPeople(db)]));
  const [posts, people] = data;
  return {
    posts: posts.map(({ post }) => post),
    people: people.filter(({ active }) => active).map(({ id, name }) => ({ id, name })),
    today: new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10),
  };
}

export async function action(args: ActionFunctionArgs) {
  return submit(args, "admin", rotaForm, async (duty, visit) => {
    await visit.write((db) => putOnDuty(db, duty));
    return redirectWithToast("/admin/incidents/duty", messages(visit.lang).incidents.duty.dutySaved);
  });
}

export default function RotaPage() {
  const { incidents } = useMessages();
  const t = incidents.duty;
  const { posts, people, today } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const choose = { value: "", label: t.choose };
  return (
    <div className="narrow">
      <BackLink href="/admin/incidents/duty">{t.back}</BackLink>
      <h1>{t.addDuty}</h1>
      {people.length === 0 ? <p>{t.noPerson}</p> : null}
      <PostForm className="form" action="/admin/incidents/duty/rota">
        <ErrorSummary errors={reply?.errors ?? []} />
        <Select
          {...kept(reply, "post")}
          label={t.post}
          options={[choose, ...posts.map((value) => ({ value, label: incidents.posts[value] }))]}
        />
        <Select
          {...kept(reply, "responder")}
          label={t.person}
          options={[choose, ...people.map(({ id, name }) => ({ value: String(id), label: name }))]}
        />
        <TextField {...kept(reply, "from", today)} type="date" label={t.from} />
        <TextField {...kept(reply, "to")} type="date" label={t.to} hint={t.toHint} />
        <SubmitButton>{t.saveDuty}</SubmitButton>
      </PostForm>
    </div>
  );
}
