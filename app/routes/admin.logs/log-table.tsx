import type { LogLine } from "#app/vitals/log.server.ts";
import { levelOf, type LogFilter } from "#app/vitals/log.ts";
import { Badge } from "#app/ui/badges.tsx";
import { formatDecimal } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Table } from "#app/ui/table.tsx";

type Line = Omit<LogLine, "at"> & { at: Date | string };
type Props = { lines: Line[]; address: (change: Partial<LogFilter>) => string };

const tones = { info: "plain", warn: "warn", error: "bad" } as const;

/** Lines of the log: when, by whom, how bad, what, and the facts beside it. */
export function LogTable({ lines, address }: Props) {
  const lang = useLang();
  const t = useMessages().vitals.logs;
  return (
    <Table
      caption={t.title}
      rows={lines}
      rowKey={({ id }) => String(id)}
      columns={[
        {
          key: "at",
          label: t.at,
          head: true,
          cell: ({ at }) => (
            <>
              <Moment at={at} />
              <br />
              <span className="quiet">
                {t.second(formatDecimal((new Date(at).getTime() % 60_000) / 1_000, lang, 3))}
              </span>
            </>
          ),
        },
        {
          key: "level",
          label: t.level,
          cell: ({ level, process }) => (
            <>
              <Badge tone={tones[levelOf(level)]}>{t.levels[levelOf(level)]}</Badge>{" "}
              <span className="quiet">{process}</span>
            </>
          ),
        },
        { key: "message", label: t.message, cell: ({ message }) => <span className="break">{message}</span> },
        { key: "facts", label: t.facts, cell: ({ facts }) => <span className="break">{factsText(facts)}</span> },
        {
          key: "request",
          label: t.request,
          cell: ({ requestId }) =>
            requestId ? (
              <a className="break" href={address({ request: requestId })}>
                {requestId}
              </a>
            ) : (
              "–"
            ),
        },
      ]}
    />
  );
}

const factsText = (facts: Record<string, unknown>) =>
  Object.entries(facts)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" · ") || "–";
