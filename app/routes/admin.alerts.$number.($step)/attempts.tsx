import type { AlertAttempt } from "#app/alerts/alert.server.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Table } from "#app/ui/table.tsx";
import { Linked } from "#app/ui/ref-link.tsx";
import { wordFor } from "#app/ui/word.ts";

/** Every try to tell the owner, newest first: when, by which road, what came of it, who did it. */
export function Attempts({ attempts }: { attempts: AlertAttempt[] }) {
  const words = useMessages().alerts;
  return (
    <section className="stack">
      <h2>{words.tries}</h2>
      {attempts.length === 0 ? (
        <EmptyState icon="clock" title={words.noTries} text={words.noTriesText} />
      ) : (
        <Table
          caption={words.tries}
          rows={attempts}
          rowKey={({ id }) => String(id)}
          columns={[
            { key: "at", label: words.at, head: true, cell: ({ at }) => <Moment at={at} /> },
            { key: "channel", label: words.channel, cell: ({ channel }) => words.channels[channel] },
            { key: "outcome", label: words.outcome, cell: (attempt) => <Outcome {...attempt} /> },
          ]}
        />
      )}
    </section>
  );
}

function Outcome({ outcome, detail, actor, note }: AlertAttempt) {
  const words = useMessages().alerts;
  return (
    <span className="stack stack--tight">
      <span>{words.outcomes[outcome]}</span>
      {detail ? <span className="quiet break">{wordFor(words.details, detail) ?? detail}</span> : null}
      {actor ? (
        <span className="quiet break">
          <Linked>{[actor, note].filter(Boolean).join(": ")}</Linked>
        </span>
      ) : null}
    </span>
  );
}
