import type { EscalationStep } from "#app/incidents/duty.server.ts";
import { severities } from "#app/incidents/incident.ts";
import { Severity } from "#app/incidents/severity.tsx";
import { State } from "#app/ui/badges.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Table } from "#app/ui/table.tsx";

/** Level by level whom it goes to next, and after how long: as the database has it. */
export function Matrix({ steps }: { steps: EscalationStep[] }) {
  const t = useMessages().incidents;
  const words = t.duty;
  const { span } = words;
  const time = (minutes: number) => (minutes % 60 === 0 ? span.hours(minutes / 60) : span.minutes(minutes));
  const levels = severities.flatMap((level) => {
    const own = steps.filter(({ severity }) => severity === level);
    return own[0] ? [{ ...own[0], own }] : [];
  });
  return (
    <section className="stack">
      <h2>{words.matrix}</h2>
      <p className="quiet">{words.matrixLead}</p>
      <Table
        caption={words.matrix}
        rows={levels}
        rowKey={({ severity }) => String(severity)}
        columns={[
          { key: "level", label: words.level, head: true, cell: ({ severity }) => <Severity level={severity} /> },
          {
            key: "respond",
            label: words.respond,
            cell: ({ respond, anyHour }) => `${time(respond)}, ${anyHour ? words.anyHour : words.workingHours}`,
          },
          { key: "slack", label: words.slack, cell: ({ slack }) => `#${slack}` },
          {
            key: "steps",
            label: words.next,
            cell: ({ own }) => (
              <ol className="stack stack--tight">
                {own.map(({ step, after, channel, posts }) => (
                  <li key={step}>
                    <strong>{time(after)}</strong>
                    {` · ${t.channels[channel]} · ${posts.map((post) => t.posts[post]).join(", ")}`}
                  </li>
                ))}
              </ol>
            ),
          },
        ]}
      />
    </section>
  );
}

/** By what people can be told now. */
export function Channels({ channels }: { channels: Array<"SLACK" | "MAIL" | "SMS"> }) {
  const t = useMessages().incidents;
  return (
    <section className="card card--padded stack stack--tight" aria-labelledby="saluran">
      <h2 id="saluran">{t.duty.channels}</h2>
      <Facts
        facts={(["SLACK", "MAIL", "SMS"] as const).map((channel) => ({
          label: t.channels[channel],
          value: channels.includes(channel) ? (
            <State tone="good">{t.duty.channelOn}</State>
          ) : (
            <State tone="warn">{t.duty.channelOff}</State>
          ),
        }))}
      />
      <p className="quiet">{t.duty.channelHint}</p>
    </section>
  );
}
