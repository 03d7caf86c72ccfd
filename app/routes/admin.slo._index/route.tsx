import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { findBudgets } from "#app/vitals/objective.server.ts";
import { furthest, gateAt } from "#app/vitals/objective.ts";
import { ListHead } from "#app/ui/list-page.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { title } from "#app/ui/title.ts";
import { BudgetTable } from "./budget-table.tsx";
import { Burning } from "./burning.tsx";
import { useObjectiveWords } from "./objective-words.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.vitals.objectives.title);

/** What the sheet promises beside how much of what may go wrong is used, and what that means for deploying. */
export async function loader(args: LoaderFunctionArgs) {
  const { data } = await page(args, "staff", (db) => findBudgets(db));
  const { countedAt, budgets, burns, incident } = data;
  return {
    budgets: budgets.map(({ name, target, within_ms, total, bad, used, state }) => ({
      name,
      target,
      within_ms,
      total,
      bad,
      used,
      state,
    })),
    burns,
    incident,
    counted: countedAt !== null,
    furthest: furthest(budgets)?.name ?? null,
    readAt: new Date(),
  };
}

export default function Objectives() {
  const t = useMessages().vitals.objectives;
  const words = useObjectiveWords();
  const { budgets, burns, incident, counted, furthest: name, readAt } = useLoaderData<typeof loader>();
  const most = budgets.find((budget) => budget.name === name);
  return (
    <>
      <ListHead title={t.title} lead={t.lead} readAt={readAt} />
      {counted ? null : <p className="note">{t.uncounted}</p>}
      <section className="card card--padded stack" aria-labelledby="gate">
        <h2 id="gate">{t.gate}</h2>
        <p>
          <strong>{t.gates[gateAt(most?.used ?? 0)]}</strong>
        </p>
        {most ? <p>{t.gateBy(words.nameOf(most), words.percent(most.used ?? 0))}</p> : null}
        <p className="quiet">{t.gateNote}</p>
      </section>
      <section className="stack" aria-labelledby="objectives">
        <h2 id="objectives">{t.budget}</h2>
        <BudgetTable budgets={budgets} />
        <p>
          <a href="/admin/slo/openslo.yaml">{t.export}</a>
        </p>
      </section>
      <Burning burns={burns} budgets={budgets} incident={incident} />
    </>
  );
}
