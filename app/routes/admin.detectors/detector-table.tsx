import type { SerializeFrom } from "@remix-run/node";
import { type Detector, type DetectorState, measured, stateOf } from "#app/incidents/detector.ts";
import { Severity } from "#app/incidents/severity.tsx";
import { State } from "#app/ui/badges.tsx";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Table } from "#app/ui/table.tsx";
import { wordFor } from "#app/ui/word.ts";

type Row = SerializeFrom<Detector> | Detector;
const tones = { BROKEN: "bad", FROZEN: "bad", BLIND: "warn", FEW: "plain", NEW: "plain", OK: "good" } as const;
const shown = (row: Row): DetectorState => stateOf(row as Detector);

/** The rules, with what each measures beside the value from which on it is set off. */
export function DetectorTable({ detectors }: { detectors: Row[] }) {
  const lang = useLang();
  const { incidents, playbooks } = useMessages();
  const t = incidents.detectors;
  const measure = ({ unit }: Row, value: number) => measured(t.units, unit, value, lang);
  const titleOf = (slug: string) =>
    Object.entries(playbooks.books).find(([known]) => known === slug)?.[1].title ?? slug;
  return (
    <Table
      caption={t.title}
      rows={detectors}
      rowKey={({ name }) => name}
      columns={[
        {
          key: "rule",
          label: t.rule,
          head: true,
          cell: ({ name, cause, severity }) => (
            <>
              {wordFor(t.names, name) ?? wordFor(incidents.causes, cause) ?? name} <Severity level={severity} />
            </>
          ),
        },
        { key: "now", label: t.now, number: true, cell: (row) => (row.value === null ? "–" : measure(row, row.value)) },
        { key: "from", label: t.from, number: true, cell: (row) => measure(row, row.threshold) },
        {
          key: "state",
          label: t.state,
          cell: (row) => <State tone={tones[shown(row)]}>{t.states[shown(row)]}</State>,
        },
        {
          key: "last",
          label: t.last,
          cell: ({ setOffAt, times }) =>
            setOffAt === null ? (
              t.never
            ) : (
              <>
                <Moment at={setOffAt} /> · {t.times(times)}
              </>
            ),
        },
        {
          key: "incident",
          label: t.incident,
          cell: ({ incident }) => (incident ? <a href={`/admin/incidents/${incident}`}>{incident}</a> : "–"),
        },
        {
          key: "playbook",
          label: t.playbook,
          cell: ({ playbook }) => <a href={`/admin/playbooks/${playbook}`}>{titleOf(playbook)}</a>,
        },
      ]}
    />
  );
}
