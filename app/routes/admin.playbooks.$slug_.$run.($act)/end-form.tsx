import type { FormReply } from "#app/http/reply.server.ts";
import { results } from "#app/playbooks/playbook.ts";
import { Select, Textarea } from "#app/ui/fields.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import type { RunData } from "./run-page.tsx";

/** The end of a run's form: what came of it, and of a drill whether it passed. */
export function EndForm({ run, left, reply }: Pick<RunData, "run"> & { left: number; reply?: FormReply }) {
  const { run: t } = useMessages().playbooks;
  const drill = run.incident === null;
  return (
    <section className="card card--padded form no-print" aria-labelledby="akhir">
      <h2 id="akhir">{drill ? t.endDrill : t.end}</h2>
      {left > 0 ? <p className="quiet">{t.stepsLeft(left)}</p> : null}
      {drill ? (
        <Select
          {...kept(reply, "result")}
          label={t.resultTitle}
          options={[{ value: "", label: t.choose }, ...results.map((value) => ({ value, label: t.results[value] }))]}
        />
      ) : null}
      <Textarea {...kept(reply, "outcome")} label={t.outcome} hint={t.outcomeHint} maxLength={500} />
      <p>
        <button
          type="submit"
          className="button button--quiet"
          formAction={`/admin/playbooks/${run.slug}/${run.id}/end`}
        >
          {drill ? t.endDrill : t.end}
        </button>
      </p>
    </section>
  );
}
