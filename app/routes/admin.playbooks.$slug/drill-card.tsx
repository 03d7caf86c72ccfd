import type { SerializeFrom } from "@remix-run/node";
import { DrillState } from "#app/playbooks/drill-state.tsx";
import type { Playbook } from "#app/playbooks/playbook.server.ts";
import { runPlace } from "#app/playbooks/playbook.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { Who } from "#app/ui/ref-link.tsx";

/** When it was last practised and how that went, when it has to be again, and the way into the next drill. */
export function DrillCard({ playbook, mayAct }: { playbook: SerializeFrom<Playbook>; mayAct: boolean }) {
  const { drill: t, run: words } = useMessages().playbooks;
  const { slug, drill, drillState, drillDays, dueAt, open } = playbook;
  const running = open.find(({ incident }) => incident === null);
  return (
    <section className="card card--padded stack" aria-labelledby="latihan">
      <div className="page-head">
        <h2 id="latihan">{t.title}</h2>
        <DrillState state={drillState} />
      </div>
      <Facts
        facts={[
          {
            label: t.last,
            value: drill ? (
              <>
                <Moment at={drill.at} ago /> · {words.results[drill.result]} · <Who>{drill.by}</Who>
              </>
            ) : (
              t.never
            ),
          },
          { label: t.due, value: <Moment at={dueAt} /> },
        ]}
      />
      {drill?.note ? <p className="words">{drill.note}</p> : null}
      <p className="quiet">{t.rule(drillDays)}</p>
      {running ? (
        <p>
          <ButtonLink kind="quiet" href={runPlace(slug, running.run)}>
            {t.goOn}
          </ButtonLink>
        </p>
      ) : mayAct ? (
        <PostForm action={`/admin/playbooks/${slug}`}>
          <input type="hidden" name="drill" value="yes" />
          <SubmitButton kind="quiet">{t.start}</SubmitButton>
        </PostForm>
      ) : null}
    </section>
  );
}
