import { State } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Table } from "#app/ui/table.tsx";
import type { Budget } from "#app/vitals/objective.ts";
import { useObjectiveWords } from "./objective-words.ts";

const tones = { NONE: "plain", NOTHING: "plain", FEW: "warn", KEPT: "good", BROKEN: "bad" } as const;

/** Each objective: what has to be good, what was bad, what is left. What cannot be measured is not said to be kept. */
export function BudgetTable({ budgets }: { budgets: Array<Omit<Budget, "kind">> }) {
  const t = useMessages().vitals.objectives;
  const words = useObjectiveWords();
  return (
    <Table
      caption={t.title}
      rows={budgets}
      rowKey={({ name }) => name}
      columns={[
        { key: "name", label: t.objective, head: true, cell: (budget) => words.nameOf(budget) },
        { key: "target", label: t.target, number: true, cell: ({ target }) => `${words.percent(target)}%` },
        { key: "measured", label: t.measured, cell: ({ total, bad }) => (total === 0 ? "–" : t.of(bad, total)) },
        {
          key: "left",
          label: t.budget,
          number: true,
          cell: ({ used }) => (used === null ? "–" : t.left(words.percent(Math.max(0, 1 - used)))),
        },
        { key: "state", label: t.state, cell: ({ state }) => <State tone={tones[state]}>{t.states[state]}</State> },
      ]}
    />
  );
}
