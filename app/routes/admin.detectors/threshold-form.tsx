import type { SerializeFrom } from "@remix-run/node";
import type { FormReply } from "#app/http/reply.server.ts";
import { type Detector, measured } from "#app/incidents/detector.ts";
import { Select, TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { wordFor } from "#app/ui/word.ts";

type Props = { detectors: Array<SerializeFrom<Detector>>; reply?: FormReply };

/** From when on a rule is set off: one of them at a time, with the reason. */
export function ThresholdForm({ detectors, reply }: Props) {
  const lang = useLang();
  const t = useMessages().incidents.detectors;
  const label = ({ name, unit, threshold }: Props["detectors"][number]) =>
    `${wordFor(t.names, name) ?? name}: ${measured(t.units, unit, threshold, lang)}`;
  return (
    <details className="card card--padded no-print" open={reply !== undefined}>
      <summary>{t.change}</summary>
      <PostForm className="form" action="/admin/detectors">
        <ErrorSummary errors={reply?.errors ?? []} />
        <Select
          {...kept(reply, "detector")}
          label={t.rule}
          options={detectors.filter(({ ours }) => ours).map((one) => ({ value: one.name, label: label(one) }))}
        />
        <TextField {...kept(reply, "value")} label={t.from} hint={t.valueHint} inputMode="decimal" maxLength={20} />
        <TextField {...kept(reply, "reason")} label={t.reason} hint={t.reasonHint} maxLength={200} />
        <p>
          <SubmitButton>{t.save}</SubmitButton>
        </p>
      </PostForm>
    </details>
  );
}
