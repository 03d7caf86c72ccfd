import type { Alert } from "#app/alerts/alert.server.ts";
import type { FormReply } from "#app/http/reply.server.ts";
import { Textarea } from "#app/ui/fields.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { PhoneOwner } from "#app/ui/phone-owner.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

type Props = { alert: Pick<Alert, "number" | "whatsapp" | "task">; mayAct: boolean; reply?: FormReply };

/** The owner's number, and the form that says that he was reached by it. With an open task it is the thing to do. */
export function PhonedForm({ alert: { number, whatsapp, task }, mayAct, reply }: Props) {
  const words = useMessages().alerts;
  const own = reply && reply.values.channel === undefined ? reply : undefined;
  return (
    <section className="card card--padded">
      <h2>{task ? words.toPhone : words.phoneAnyway}</h2>
      {task ? (
        <p>
          {words.toPhoneText} {words.dueAt} <Moment at={task.dueAt} />.
        </p>
      ) : null}
      <PhoneOwner whatsapp={whatsapp} heading={false} />
      {mayAct ? (
        <PostForm action={`/admin/alerts/${number}/phoned`} className="stack">
          <Textarea {...kept(own, "note")} label={words.note} hint={words.noteHint} maxLength={300} />
          <SubmitButton kind={task ? "main" : "quiet"}>{words.phoned}</SubmitButton>
        </PostForm>
      ) : null}
    </section>
  );
}
