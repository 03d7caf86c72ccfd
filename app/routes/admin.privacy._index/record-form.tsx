import type { FormReply } from "#app/http/reply.server.ts";
import { askedBy } from "#app/leads/lead.ts";
import { privacyKinds } from "#app/privacy/privacy.ts";
import { Select, Textarea, TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

/** Who phoned or wrote, what he asks, and since when the 72 hours run. */
export function RecordForm({ today, formKey, reply }: { today: string; formKey: string; reply?: FormReply }) {
  const { privacy, leads } = useMessages();
  const t = leads.erasures;
  return (
    <details className="card card--padded no-print" open={reply !== undefined}>
      <summary>{privacy.record}</summary>
      <PostForm className="form" action="/admin/privacy">
        <ErrorSummary errors={reply?.errors ?? []} />
        <input type="hidden" name="key" value={reply?.values.key ?? formKey} />
        <Select
          {...kept(reply, "kind")}
          label={privacy.what}
          options={privacyKinds.map((value) => ({ value, label: privacy.kinds[value] }))}
        />
        <TextField {...kept(reply, "name")} label={privacy.by} maxLength={120} autoComplete="off" />
        <TextField {...kept(reply, "address")} label={t.address} maxLength={200} autoComplete="off" />
        <Textarea {...kept(reply, "words")} label={privacy.ask.words} maxLength={2000} rows={3} />
        <Select
          {...kept(reply, "askedBy")}
          label={t.askedBy}
          options={askedBy.map((value) => ({ value, label: t.ways[value] }))}
        />
        <TextField {...kept(reply, "day", today)} type="date" label={t.day} required />
        <p>
          <SubmitButton>{t.save}</SubmitButton>
        </p>
      </PostForm>
    </details>
  );
}
