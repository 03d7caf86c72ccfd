import type { FormReply } from "#app/http/reply.server.ts";
import type { Fate } from "./dispute.ts";
import { Textarea } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { DisputeFacts, type DisputedOrder } from "./dispute-facts.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

type Props = { order: DisputedOrder; fate: Fate; action: string; reply?: FormReply; children?: React.ReactNode };

/** The question before «bukan saya»: which order, what follows, and one button. */
export function DisputeForm({ order, fate, action, reply, children }: Props) {
  const t = useMessages().disputes;
  const steps = { held: t.steps, shipped: t.stepsShipped, ended: t.stepsEnded }[fate];
  return (
    <>
      <h1>{t.confirmTitle(order.number)}</h1>
      <p className="lead">{t.lead(order.salesman)}</p>
      <ErrorSummary errors={reply?.errors ?? []} />
      <DisputeFacts {...order} />
      <section className="stack stack--tight">
        <h2>{t.whatHappens}</h2>
        <ul className="bullets">
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ul>
      </section>
      <PostForm className="form" action={action}>
        <Textarea {...kept(reply, "note")} label={t.note} hint={t.noteHint} maxLength={500} />
        <p className="actions">
          <SubmitButton>{t.submit}</SubmitButton>
          {children}
        </p>
      </PostForm>
    </>
  );
}
