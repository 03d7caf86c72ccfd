import type { SerializeFrom } from "@remix-run/node";
import { toField } from "#app/status/forms.ts";
import type { PlannedMaintenance } from "#app/status/status.server.ts";
import { Field } from "#app/ui/field.tsx";
import { Select, Textarea, TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept, type Reply } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

type Props = { open: SerializeFrom<PlannedMaintenance> | null; reply: Reply | undefined };

/** Plans a maintenance, or changes the one that is open. */
export function MaintenanceForm({ open, reply }: Props) {
  const t = useMessages().status.admin;
  const modes = (["READ_ONLY", "FULL"] as const).map((value) => ({ value, label: t.modes[value] }));
  return (
    <PostForm id="pemeliharaan" action="/admin/status/maintenance" className="card card--padded form">
      <h2>{open ? t.change : t.plan}</h2>
      <ErrorSummary errors={reply?.errors ?? []} />
      {open ? (
        <>
          <input type="hidden" name="id" value={open.id} />
          <input type="hidden" name="version" value={open.version} />
          <p className="quiet">{t.states[open.state]}</p>
        </>
      ) : null}
      <Select {...kept(reply, "mode", open?.mode)} label={t.mode} options={modes} />
      {open?.state === "RUNNING" ? null : (
        <When {...kept(reply, "from", open ? toField(open.from) : undefined)} label={t.from} hint={t.fromHint} />
      )}
      <When {...kept(reply, "until", open ? toField(open.until) : undefined)} label={t.until} hint={t.untilHint} />
      <Textarea {...kept(reply, "textId", open?.textId)} label={t.textId} maxLength={400} />
      <Textarea {...kept(reply, "textEn", open?.textEn)} label={t.textEn} maxLength={400} />
      <TextField {...kept(reply, "reason")} label={t.reason} maxLength={200} />
      <SubmitButton>{t.save}</SubmitButton>
    </PostForm>
  );
}

/** Day and hour in the browser's own field; where it has none, as text. */
function When({ defaultValue, ...field }: ReturnType<typeof kept> & { label: string; hint: string }) {
  return (
    <Field {...field}>
      {(attributes) => <input {...attributes} type="datetime-local" defaultValue={defaultValue} />}
    </Field>
  );
}
