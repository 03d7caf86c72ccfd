import type { FormReply } from "#app/http/submit.server.ts";
import { formatDay } from "#app/ui/format.ts";
import { Select, SubmitButton, Textarea, TextField } from "#app/ui/form.tsx";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

type Props = { weeks: string[]; week: string; reply?: FormReply };

/** Writes down the talk of a week; `weeks`: Mondays that it may be of, the newest first. */
export function CheckpointForm({ weeks, week, reply }: Props) {
  const lang = useLang();
  const t = useMessages().erp.checkpoints;
  const errorOf = (name: string) => reply?.errors.find(({ field }) => field === name)?.message;
  const last = (monday: string) => formatDay(new Date(Date.parse(monday) + 6 * 86_400_000), lang);
  return (
    <PostForm id="tulis" className="card card--padded form" action="/admin/erp/checkpoints">
      <h2>{t.write}</h2>
      <Select
        name="week"
        label={t.week}
        defaultValue={reply?.values.week ?? week}
        error={errorOf("week")}
        options={weeks.map((value) => ({ value, label: t.weekOf(formatDay(value, lang), last(value)) }))}
      />
      <TextField
        name="attended"
        label={t.attended}
        hint={t.attendedHint}
        maxLength={200}
        defaultValue={reply?.values.attended}
        error={errorOf("attended")}
      />
      <Textarea
        name="notes"
        label={t.notes}
        hint={t.notesHint}
        rows={5}
        maxLength={2000}
        defaultValue={reply?.values.notes}
        error={errorOf("notes")}
      />
      <Textarea
        name="points"
        label={t.points}
        hint={t.pointsHint}
        maxLength={1000}
        defaultValue={reply?.values.points}
        error={errorOf("points")}
      />
      <p>
        <SubmitButton>{t.save}</SubmitButton>
      </p>
    </PostForm>
  );
}
