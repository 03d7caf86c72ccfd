import type { FormReply } from "#app/http/reply.server.ts";
import type { Allowance } from "#app/shadow/consent.ts";
import { Checkbox, TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { formatNumber } from "#app/ui/format.ts";
import { errorOf } from "#app/ui/kept.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

/** Whether salesmen may order in the store's name, and for how much a month. */
export function ConsentForm({ allowance: { allowed, cap }, reply }: { allowance: Allowance; reply?: FormReply }) {
  const lang = useLang();
  const t = useMessages().shadow.consent;
  return (
    <section className="card card--padded">
      <h2>{t.rules}</h2>
      <PostForm className="form" action="/shadow">
        <ErrorSummary errors={reply?.errors ?? []} />
        <Checkbox
          name="allowed"
          label={t.allowed}
          hint={t.allowedHint}
          defaultChecked={reply ? Boolean(reply.values.allowed) : allowed}
        />
        <TextField
          name="cap"
          label={t.cap}
          hint={t.capHint}
          inputMode="decimal"
          autoComplete="off"
          maxLength={25}
          defaultValue={reply ? reply.values.cap : cap === null ? "" : formatNumber(cap, lang)}
          error={errorOf(reply, "cap")}
        />
        <SubmitButton>{t.save}</SubmitButton>
      </PostForm>
    </section>
  );
}
