import type { Budget } from "./objective.ts";

const service = "alfa-order";
const burns = [
  ["budget-burning-fast", 14.4, "1h", "5m"],
  ["budget-burning", 6, "6h", "30m"],
  ["budget-burning-slowly", 1, "72h", "6h"],
] as const;

/** What of an objective's events is bad, in a word that our database knows. */
const source = (objective: string, what: "bad" | "total") => ({
  metricSource: {
    type: "postgres",
    spec: { query: `select sum(${what}) from app.objective_slots where objective = '${objective}'` },
  },
});

/**
 * The sheet as OpenSLO v1, for tools that read it: a service, an SLO for each objective that can be measured, and the
 * rules of burning. Each document is JSON, which YAML can read.
 */
export function openSlo(budgets: Array<Pick<Budget, "name" | "kind" | "target" | "within_ms">>): string {
  const documents = [
    { apiVersion: "openslo/v1", kind: "Service", metadata: { name: service }, spec: { description: "Alfa ordering" } },
    ...burns.map(([name, threshold, long, short]) => ({
      apiVersion: "openslo/v1",
      kind: "AlertCondition",
      metadata: { name },
      spec: {
        severity: name === "budget-burning-slowly" ? "ticket" : "page",
        description: `In ${long} and in ${short}`,
        condition: { kind: "burnrate", op: "gte", threshold, lookbackWindow: long, alertAfter: "0m" },
      },
    })),
    ...budgets
      .filter(({ kind }) => kind !== "NONE")
      .map(({ name, target, within_ms }) => ({
        apiVersion: "openslo/v1",
        kind: "SLO",
        metadata: { name, ...(within_ms ? { labels: { within: `${within_ms}ms` } } : {}) },
        spec: {
          service,
          budgetingMethod: "Occurrences",
          timeWindow: [{ duration: "30d", isRolling: true }],
          indicator: {
            metadata: { name },
            spec: { ratioMetric: { counter: true, bad: source(name, "bad"), total: source(name, "total") } },
          },
          objectives: [{ target }],
        },
      })),
  ];
  return documents.map((document) => `---\n${JSON.stringify(document, null, 2)}\n`).join("");
}
