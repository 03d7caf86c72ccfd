import { useMessages } from "#app/ui/language.tsx";
import { Table } from "#app/ui/table.tsx";
import { wordFor } from "#app/ui/word.ts";
import type { Burn } from "#app/vitals/objective.ts";
import { type Named, useObjectiveWords } from "./objective-words.ts";

/** Which budgets are being used just now, how fast, and from when on that is an incident. */
export function Burning({ burns, budgets, incident }: { burns: Burn[]; budgets: Named[]; incident: string | null }) {
  const t = useMessages().vitals.objectives;
  const words = useObjectiveWords();
  const named = (objective: string) => budgets.find(({ name }) => name === objective);
  return (
    <section className="stack" aria-labelledby="burning">
      <h2 id="burning">{t.burning}</h2>
      <p>{t.burningLead}</p>
      {incident ? (
        <p>
          {t.incident} <a href={`/admin/incidents/${incident}`}>{incident}</a>
        </p>
      ) : null}
      {burns.length === 0 ? (
        <p>{t.calm}</p>
      ) : (
        <Table
          caption={t.burning}
          rows={burns}
          rowKey={({ detector, objective }) => `${detector} ${objective}`}
          columns={[
            {
              key: "objective",
              label: t.objective,
              head: true,
              cell: ({ objective }) => words.nameOf(named(objective) ?? { name: objective, within_ms: null }),
            },
            { key: "rule", label: t.rule, cell: ({ detector }) => wordFor(t.rules, detector) ?? detector },
            { key: "rate", label: t.rate, number: true, cell: ({ rate }) => words.times(rate) },
            { key: "alarm", label: t.alarm, number: true, cell: ({ threshold }) => words.times(threshold) },
          ]}
        />
      )}
    </section>
  );
}
