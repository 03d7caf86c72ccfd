import type { FormReply } from "#app/http/reply.server.ts";
import { correctable } from "#app/privacy/privacy.ts";
import type { Subject } from "#app/privacy/privacy.server.ts";
import { Select, TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

/** What a lead of his says wrongly, and what is right. */
export function Correct({ number, subjects, reply }: { number: string; subjects: Subject[]; reply?: FormReply }) {
  const t = useMessages().privacy;
  const leads = subjects.filter(({ kind }) => kind === "lead");
  if (leads.length === 0) return <p className="quiet">{t.correctStore}</p>;
  return (
    <PostForm className="form card card--padded" action={`/admin/privacy/${number}/correct`}>
      <h2>{t.correct}</h2>
      <ErrorSummary errors={reply?.errors ?? []} />
      <Select
        {...kept(reply, "lead")}
        label={t.correctLead}
        options={leads.map(({ code, name }) => ({ value: code, label: `${code} ${name ?? ""}` }))}
      />
      <Select
        {...kept(reply, "field")}
        label={t.correctField}
        options={correctable.map((value) => ({ value, label: t.fields[value] }))}
      />
      <TextField {...kept(reply, "value")} label={t.correctValue} hint={t.correctStore} maxLength={200} />
      <p>
        <SubmitButton>{t.correctNow}</SubmitButton>
      </p>
    </PostForm>
  );
}
