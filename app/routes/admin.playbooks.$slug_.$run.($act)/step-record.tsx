import type { SerializeFrom } from "@remix-run/node";
import type { FormReply } from "#app/http/reply.server.ts";
import type { Tick } from "#app/playbooks/run.server.ts";
import { noteField, reasonField } from "#app/playbooks/playbook.ts";
import { Textarea } from "#app/ui/fields.tsx";
import { KeptText } from "#app/ui/form.tsx";
import { errorOf, kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Linked, Who } from "#app/ui/ref-link.tsx";
import { SaidHere } from "#app/ui/said.tsx";
import type { RunData } from "./run-page.tsx";

type TickView = SerializeFrom<Tick>;
type Props = { step: string; ticks: TickView[]; mayWrite: boolean; data: RunData; reply?: FormReply };

/** The steps that are done: whose newest row says so, words about it left out. */
export function doneOf(ticks: Array<Pick<TickView, "step" | "done">>): Set<string> {
  const done = new Set<string>();
  for (const tick of ticks) {
    if (tick.done) done.add(tick.step);
    else if (tick.done === false) done.delete(tick.step);
  }
  return done;
}

/** Who did a step when, what became of it before, and the button for whoever may write. */
export function StepRecord({ step, ticks, mayWrite, data: { run }, reply }: Props) {
  const { run: t } = useMessages().playbooks;
  const all = ticks.filter((tick) => tick.step === step);
  const rows = all.filter(({ done }) => done !== null);
  const last = rows.at(-1);
  const address = (act: string) => `/admin/playbooks/${run.slug}/${run.id}/${act}`;
  return (
    <div className="stack stack--tight">
      <SaidHere at={step} />
      {last?.done ? <Row tick={last} label={t.doneBy} /> : null}
      {all.map((tick) => (tick.done === null ? <Row key={tick.id} tick={tick} label={t.said} /> : null))}
      {last?.done ? <KeptText text={reply?.values[noteField(step)]} /> : null}
      {rows.length > (last?.done ? 1 : 0) ? (
        <details>
          <summary>{t.earlier}</summary>
          {(last?.done ? rows.slice(0, -1) : rows).map((tick) => (
            <Row key={tick.id} tick={tick} label={tick.done ? t.doneBy : t.takenBack} />
          ))}
        </details>
      ) : null}
      {!mayWrite ? null : last?.done ? (
        <Undo step={step} address={address("untick")} reply={reply} />
      ) : (
        <Do step={step} address={address("tick")} reply={reply} />
      )}
    </div>
  );
}

function Row({ tick: { at, actor, note }, label }: { tick: TickView; label: string }) {
  return (
    <div className="stack stack--tight">
      <p>
        <strong>{label}</strong>: <Moment at={at} /> · <Who>{actor}</Who>
      </p>
      {note ? (
        <p className="words">
          <Linked>{note}</Linked>
        </p>
      ) : null}
    </div>
  );
}

type FormProps = { step: string; address: string; reply?: FormReply };

function Do({ step, address, reply }: FormProps) {
  const { run: t } = useMessages().playbooks;
  return (
    <div className="stack stack--tight no-print">
      <Textarea {...kept(reply, noteField(step))} label={t.note} rows={1} maxLength={500} />
      <p>
        <button type="submit" name="step" value={step} className="button button--main" formAction={address}>
          {t.done}
        </button>
      </p>
    </div>
  );
}

function Undo({ step, address, reply }: FormProps) {
  const { run: t } = useMessages().playbooks;
  const field = reasonField(step);
  return (
    <details className="no-print" open={Boolean(reply?.values[field] || errorOf(reply, field))}>
      <summary>{t.undo}</summary>
      <div className="stack stack--tight">
        <Textarea {...kept(reply, field)} label={t.undoReason} rows={1} maxLength={500} />
        <p>
          <button type="submit" name="step" value={step} className="button button--quiet" formAction={address}>
            {t.undo}
          </button>
        </p>
      </div>
    </details>
  );
}
