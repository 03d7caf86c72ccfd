import type { SerializeFrom } from "@remix-run/node";
import type { Checkpoint } from "#app/erp/duty.server.ts";
import { bufferDays } from "#app/erp/duty.ts";
import { Badge, State } from "#app/ui/badges.tsx";
import { formatDecimal } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Week } from "#app/ui/week.tsx";
import { Linked } from "#app/ui/ref-link.tsx";

type Props = { weeks: string[]; today: string; checkpoints: Array<SerializeFrom<Checkpoint>> };

/** Week by week what was written; a week without anything says so. */
export function CheckpointList({ weeks, today, checkpoints }: Props) {
  const t = useMessages().erp.checkpoints;
  return (
    <section className="stack" aria-labelledby="weeks">
      <h2 id="weeks">{t.weeks}</h2>
      <ol className="stack">
        {weeks.map((week) => {
          const written = checkpoints.filter((checkpoint) => checkpoint.week === week);
          return (
            <li key={week} className="card card--padded">
              <div className="page-head">
                <h3>
                  <Week monday={week} />
                </h3>
                {written.length > 0 ? null : week === today ? (
                  <Badge tone="plain">{t.running}</Badge>
                ) : (
                  <Badge tone="warn">{t.missing}</Badge>
                )}
              </div>
              {written.map((checkpoint) => (
                <Entry key={checkpoint.id} checkpoint={checkpoint} />
              ))}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Entry({
  checkpoint: { attended, notes, points, risk, buffer, watchFrom, watchTo, writtenBy, writtenAt },
}: {
  checkpoint: SerializeFrom<Checkpoint>;
}) {
  const lang = useLang();
  const t = useMessages().erp.checkpoints;
  return (
    <div className="stack stack--tight">
      <p>
        <strong>{attended}</strong>
      </p>
      <p className="words">{notes}</p>
      {points ? (
        <p className="words">
          <strong>{t.points}:</strong> {points}
        </p>
      ) : null}
      <p className="row">
        <State tone={({ HIGH: "bad", MEDIUM: "warn", LOW: "good" } as const)[risk]}>{t.riskOf(t.risks[risk])}</State>
        <span>{t.bufferOf(formatDecimal(buffer, lang), bufferDays)}</span>
        <span>{t.watchOf(watchFrom, watchTo)}</span>
      </p>
      <p className="quiet">
        <Linked>{t.by(writtenBy)}</Linked> · <Moment at={writtenAt} />
      </p>
    </div>
  );
}
