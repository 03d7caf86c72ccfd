import type { FormReply } from "#app/http/reply.server.ts";
import { askedBy } from "#app/leads/lead.ts";
import { Select, TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

/** Who asks, how, and since when the 72 hours run. */
export function AskForm({ today, reply }: { today: string; reply?: FormReply }) {
  const t = useMessages().leads.erasures;
  return (
    <section className="card card--padded no-print">
      <h2>{t.new}</h2>
      <PostForm className="form" action="/admin/leads/erasures">
        <ErrorSummary errors={reply?.errors ?? []} />
        <TextField {...kept(reply, "address")} label={t.address} hint={t.addressHint} maxLength={200} required />
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
    </section>
  );
}
