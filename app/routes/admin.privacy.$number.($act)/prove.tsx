import type { FormReply } from "#app/http/reply.server.ts";
import { proofs } from "#app/privacy/privacy.ts";
import { Select, Textarea } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

/** A person of ours finds out that it is he, and says how. */
export function Prove({ number, reply }: { number: string; reply?: FormReply }) {
  const t = useMessages().privacy;
  return (
    <PostForm className="form card card--padded" action={`/admin/privacy/${number}/prove`}>
      <h2>{t.identity}</h2>
      <ErrorSummary errors={reply?.errors ?? []} />
      <p>{t.identityText}</p>
      <Select
        {...kept(reply, "how")}
        label={t.how}
        options={proofs.map((value) => ({ value, label: t.proofs[value] }))}
      />
      <Textarea {...kept(reply, "note")} label={t.note} hint={t.noteHint} maxLength={500} rows={2} />
      <p>
        <SubmitButton>{t.prove}</SubmitButton>
      </p>
    </PostForm>
  );
}
