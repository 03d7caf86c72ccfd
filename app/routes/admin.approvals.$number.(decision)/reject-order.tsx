import type { FormReply } from "#app/http/submit.server.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { ErrorSummary, SubmitButton, Textarea } from "#app/ui/form.tsx";
import { formatRupiah } from "#app/ui/format.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

type Props = { approval: { number: string; total: number; storeName: string }; reply?: FormReply };

/** What cannot be undone is asked on a page of its own, with the words that the store will read. */
export function RejectOrder({ approval: { number, total, storeName }, reply }: Props) {
  const t = useMessages().approvals;
  return (
    <div className="narrow">
      <BackLink href={`/admin/approvals/${number}`}>{number}</BackLink>
      <h1>{t.rejectTitle(number)}</h1>
      <p className="lead">{t.rejectText(storeName, formatRupiah(total))}</p>
      <PostForm className="form" action={`/admin/approvals/${number}/decision`}>
        <ErrorSummary errors={reply?.errors ?? []} />
        <input type="hidden" name="outcome" value="REJECTED" />
        <input type="hidden" name="seen" value={total} />
        <Textarea
          name="note"
          label={t.rejectNote}
          hint={t.rejectHint}
          maxLength={300}
          defaultValue={reply?.values.note}
          error={reply?.errors.find(({ field }) => field === "note")?.message}
        />
        <SubmitButton>{t.reject}</SubmitButton>
      </PostForm>
    </div>
  );
}
