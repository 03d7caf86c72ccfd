import type { SerializeFrom } from "@remix-run/node";
import type { FormReply } from "#app/http/reply.server.ts";
import { inField } from "#app/incidents/post-mortem.ts";
import type { Breach } from "#app/privacy/breach.server.ts";
import { Facts } from "#app/ui/facts.tsx";
import { NumberField, Textarea, TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

type Props = {
  number: string;
  breach: SerializeFrom<Breach> | null;
  now: string | Date;
  mayWork: boolean;
  reply?: FormReply;
};

/** What both letters say; when it was known is said once. */
export function MarkForm({ number, breach, now, mayWork, reply }: Props) {
  const { privacy, incidents } = useMessages();
  const t = privacy.breach;
  if (!mayWork && !breach) return <p className="quiet">{incidents.adminOnly}</p>;
  if (!mayWork && breach)
    return (
      <section className="card card--padded">
        <Facts
          facts={[
            { label: t.known, value: <Moment at={breach.knownAt} /> },
            { label: t.data, value: breach.data },
            { label: t.happened, value: breach.happened },
            { label: t.measures, value: breach.measures },
            { label: t.persons, value: breach.persons === null ? t.unknown : String(breach.persons) },
          ]}
        />
      </section>
    );
  return (
    <PostForm className="form card card--padded no-print" action={`/admin/incidents/${number}/breach/mark`}>
      <ErrorSummary errors={reply?.errors ?? []} />
      {breach ? (
        <p>
          {t.known}: <Moment at={breach.knownAt} />
        </p>
      ) : (
        <TextField {...kept(reply, "known", inField(now))} type="datetime-local" label={t.known} hint={t.knownHint} />
      )}
      <Textarea {...kept(reply, "data", breach?.data)} label={t.data} hint={t.dataHint} maxLength={1000} rows={3} />
      <Textarea {...kept(reply, "happened", breach?.happened)} label={t.happened} maxLength={1000} rows={3} />
      <Textarea {...kept(reply, "measures", breach?.measures)} label={t.measures} maxLength={1000} rows={3} />
      <NumberField {...kept(reply, "persons", String(breach?.persons ?? ""))} label={t.persons} />
      <p>
        <SubmitButton>{breach ? t.change : t.mark}</SubmitButton>
      </p>
    </PostForm>
  );
}
