import type { FormReply } from "#app/http/reply.server.ts";
import { type FeedRefusal, warehouseChanges } from "./feed-refusal.ts";
import type { FeedName } from "./state.ts";
import { TextField } from "#app/ui/fields.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { formatNumber } from "#app/ui/format.ts";
import { kept } from "#app/ui/kept.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

type Props = { name: FeedName; rows: number | null; refusal: FeedRefusal; reply?: FormReply };

/**
 * The feed was refused for what it became, and a person knows that the ERP has really changed. Sends along what he was
 * shown.
 */
export function FeedRefusalForm({ name, rows, refusal, reply }: Props) {
  const lang = useLang();
  const { erp } = useMessages();
  const t = erp.feeds;
  const changes = warehouseChanges(refusal);
  return (
    <PostForm className="form" action={`/admin/erp/feeds/${name}`}>
      <input type="hidden" name="seen" value={refusal.id} />
      <p>
        {t.acceptLead(
          (erp.feeds.names[name] ?? name).toLowerCase(),
          rows === null ? "–" : formatNumber(rows, lang),
          formatNumber(refusal.rows, lang),
        )}
      </p>
      {changes.length > 0 ? (
        <ul>
          {changes.map(({ name: warehouse, before, after }) => (
            <li key={warehouse}>
              {before === 0
                ? t.warehouseNew(warehouse, formatNumber(after, lang))
                : after === 0
                  ? t.warehouseGone(warehouse, formatNumber(before, lang))
                  : t.warehouseRows(warehouse, formatNumber(before, lang), formatNumber(after, lang))}
            </li>
          ))}
        </ul>
      ) : null}
      <p>{changes.length > 0 ? t.acceptWarehouses : t.acceptWill}</p>
      <TextField
        {...kept(reply, "reason")}
        id={reply ? "reason" : `${name}-reason`}
        label={t.reason}
        hint={t.reasonHint}
        maxLength={200}
      />
      <p>
        <SubmitButton kind="quiet">{t.accept}</SubmitButton>
      </p>
    </PostForm>
  );
}
