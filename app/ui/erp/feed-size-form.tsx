import type { FormReply } from "#app/http/submit.server.ts";
import type { FeedName } from "#app/models/erp-state.ts";
import { SubmitButton, TextField } from "#app/ui/form.tsx";
import { formatNumber } from "#app/ui/format.ts";
import { useMessages } from "#app/ui/language.tsx";

/** The feed was refused for its size, and a person knows that the size is right. */
export function FeedSizeForm({ name, rows, refused, reply }: { name: FeedName; rows: number | null; refused: number; reply?: FormReply }) {
  const { erp, admin } = useMessages();
  const t = erp.feeds;
  return (
    <form className="form" method="post" action={`/admin/erp/feeds/${name}`}>
      <p>{t.acceptLead((admin.erp.feed[name] ?? name).toLowerCase(), rows === null ? "–" : formatNumber(rows), formatNumber(refused))}</p>
      <TextField name="reason" id={reply ? "reason" : `${name}-reason`} label={t.reason} hint={t.reasonHint} maxLength={200} defaultValue={reply?.values.reason}
        error={reply?.errors.find(({ field }) => field === "reason")?.message} />
      <p>
        <SubmitButton kind="quiet">{t.accept}</SubmitButton>
      </p>
    </form>
  );
}
