import type { FormReply } from "#app/http/reply.server.ts";
import { bufferDays, type Risk, risks } from "#app/erp/duty.ts";
import { formatDay, formatDecimal } from "#app/ui/format.ts";
import { NumberField, Select, Textarea, TextField } from "#app/ui/fields.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

type Figures = { risk: Risk; buffer: number; watchFrom: number; watchTo: number };
type Props = { weeks: string[]; week: string; figures: Figures; reply?: FormReply };

/** Writes down the talk of a week; `weeks`: Mondays that it may be of, the newest first; `figures`: as last time. */
export function CheckpointForm({ weeks, week, figures, reply }: Props) {
  const lang = useLang();
  const t = useMessages().erp.checkpoints;
  const last = (monday: string) => formatDay(new Date(Date.parse(monday) + 6 * 86_400_000), lang);
  return (
    <PostForm id="tulis" className="card card--padded form" action="/admin/erp/checkpoints">
      <h2>{t.write}</h2>
      <Select
        {...kept(reply, "week", week)}
        label={t.week}
        options={weeks.map((value) => ({ value, label: t.weekOf(formatDay(value, lang), last(value)) }))}
      />
      <TextField {...kept(reply, "attended")} label={t.attended} hint={t.attendedHint} maxLength={200} />
      <Textarea {...kept(reply, "notes")} label={t.notes} hint={t.notesHint} rows={5} maxLength={2000} />
      <Textarea {...kept(reply, "points")} label={t.points} hint={t.pointsHint} maxLength={1000} />
      <Select
        {...kept(reply, "risk", figures.risk)}
        label={t.risk}
        options={risks.map((value) => ({ value, label: t.risks[value] }))}
      />
      <NumberField
        {...kept(reply, "buffer", formatDecimal(figures.buffer, lang))}
        label={t.buffer(bufferDays)}
        hint={t.bufferHint}
      />
      <fieldset className="form">
        <legend>{t.watch}</legend>
        <NumberField {...kept(reply, "watchFrom", String(figures.watchFrom))} label={t.watchFrom} />
        <NumberField {...kept(reply, "watchTo", String(figures.watchTo))} label={t.watchTo} />
      </fieldset>
      <p>
        <SubmitButton>{t.save}</SubmitButton>
      </p>
    </PostForm>
  );
}
