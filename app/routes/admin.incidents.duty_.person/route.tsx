import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { findPerson, savePerson } from "#app/incidents/duty.server.ts";
import { personForm } from "#app/incidents/duty.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { Checkbox, Select, TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { errorOf, kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.incidents.duty.addPerson);

/** Somebody who is told of incidents: new, or with ?id= as he is on the list. */
export async function loader(args: LoaderFunctionArgs) {
  const id = new URL(args.request.url).searchParams.get("id");
  const known = id !== null && /^\d{1,15}$/.test(id) ? Number(id) : id === null ? null : 0;
  const { data } = await page(args, "admin", async (db) => (known === null ? null : await findPerson(db, known)));
  return { person: data };
}

export async function action(args: ActionFunctionArgs) {
  return submit(args, "admin", personForm, async (words, visit) => {
    await visit.write((db) => savePerson(db, words));
    return redirectWithToast("/admin/incidents/duty", messages(visit.lang).incidents.duty.personSaved(words.name));
  });
}

export default function PersonPage() {
  const t = useMessages().incidents.duty;
  const { person } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const active = reply ? reply.values.active === "yes" : (person?.active ?? true);
  return (
    <div className="narrow">
      <BackLink href="/admin/incidents/duty">{t.back}</BackLink>
      <h1>{person ? t.changePerson(person.name) : t.addPerson}</h1>
      <PostForm className="form" action="/admin/incidents/duty/person">
        <ErrorSummary errors={reply?.errors ?? []} />
        <input type="hidden" name="id" value={reply?.values.id ?? person?.id ?? ""} />
        <TextField {...kept(reply, "name", person?.name)} label={t.name} maxLength={80} autoComplete="off" />
        <TextField
          {...kept(reply, "email", person?.email)}
          type="email"
          label={t.email}
          maxLength={200}
          autoComplete="off"
        />
        <TextField
          {...kept(reply, "phone", person?.phone ? `+${person.phone}` : "")}
          type="tel"
          label={t.phone}
          hint={t.phoneHint}
          maxLength={30}
          autoComplete="off"
        />
        <Select
          {...kept(reply, "language", person?.language ?? "id")}
          label={t.language}
          options={(["id", "en"] as const).map((value) => ({ value, label: t.languages[value] }))}
        />
        <Checkbox
          name="active"
          label={t.active}
          hint={t.activeHint}
          defaultChecked={active}
          error={errorOf(reply, "active")}
        />
        <SubmitButton>{t.savePerson}</SubmitButton>
      </PostForm>
    </div>
  );
}
