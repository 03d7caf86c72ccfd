import { type Budget, type Deployment, furthest, gateAt, gateLimits, mayDeploy } from "#app/vitals/objective.ts";
import { connected } from "./connected.ts";
import { exits, wordOf } from "./finding.ts";

const words = {
  OPEN: "everything may be deployed",
  CRITICAL_ONLY: "nothing uncritical is deployed: half of a budget is used (--critical, --reliability)",
  RELIABILITY_ONLY: "only work on reliability is deployed: four fifths of a budget are used (--reliability)",
};
const budgets = `
  select name, kind, target::float8 as target, within_ms, total::float8 as total, bad::float8 as bad,
         used::float8 as used, state
    from private.budgets(now())`;
// Never counted: nothing has gone on yet, and the first release may come.
const counted = `
  select counted_at = '-infinity' as never, counted_at > now() - interval '15 minutes' as lately
    from private.objective_counts`;

const uncounted =
  "The budgets are not known: the worker has not counted for 15 minutes. Start it, or deploy with --reliability.";

/** Whether this deployment may go on, by the budgets of the last 30 days. Containment asks nobody. */
export async function deployGate(adminUrl: string, asked: Deployment): Promise<{ code: number; text: string }> {
  try {
    return await connected(adminUrl, async (db) => {
      const { never, lately } = (await db.query<{ never: boolean; lately: boolean }>(counted)).rows[0]!;
      if (!never && !lately && !asked.reliability) return { code: exits.unknown, text: uncounted };
      const { rows } = await db.query<Budget>(budgets);
      const goes = mayDeploy(gateAt(furthest(rows)?.used ?? 0), asked);
      const end = goes ? "This deployment may go on." : "This deployment waits.";
      return { code: goes ? exits.well : exits.wrong, text: [...said(rows), end].join("\n") };
    });
  } catch (error) {
    return { code: exits.unknown, text: `The budgets cannot be read (${wordOf(error)}).` };
  }
}

function said(rows: Budget[]): string[] {
  const most = furthest(rows);
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const unmeasured = rows.filter(({ state }) => state === "NONE" || state === "NOTHING").map(({ name }) => name);
  const used =
    most && `${most.name}, ${percent(most.used)} of what may be bad in 30 days (${most.bad} of ${most.total})`;
  const [half, fifths] = [percent(gateLimits.uncritical), percent(gateLimits.unreliable)];
  return [
    used ? `Used furthest: ${used}.` : "No budget was used in the last 30 days.",
    ...(unmeasured.length > 0 ? [`Not measured, and not counted as kept: ${unmeasured.join(", ")}.`] : []),
    `From ${half} and from ${fifths} on less is deployed. Now: ${words[gateAt(most?.used ?? 0)]}.`,
  ];
}
