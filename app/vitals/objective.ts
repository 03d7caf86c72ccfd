/** How an objective stands after the last 30 days: see private.budgets. */
export type Budget = {
  name: string;
  kind: "FAILED" | "UNSENT" | "SLOWER" | "DOWN" | "UNKNOWN" | "NONE";
  /** The share that has to be good. */
  target: number;
  within_ms: number | null;
  total: number;
  bad: number;
  /** Which share of what may be bad is used; null: nothing went on. */
  used: number | null;
  state: "NONE" | "NOTHING" | "FEW" | "KEPT" | "BROKEN";
};
/** How fast a budget burns, as a rule of the detectors sees it. */
export type Burn = { detector: string; threshold: number; objective: string; rate: number };
export type Budgets = { countedAt: string | null; budgets: Budget[]; burns: Burn[]; incident: string | null };

/** The budget that is used up furthest. Null: none was used that can be measured. */
export const furthest = (budgets: Budget[]): (Budget & { used: number }) | null =>
  budgets.reduce<(Budget & { used: number }) | null>(
    (most, { used, ...budget }) => (used !== null && used > (most?.used ?? 0) ? { ...budget, used } : most),
    null,
  );

/** From which share used on what may no longer be deployed. */
export const gateLimits = { uncritical: 0.5, unreliable: 0.8 };
export type Deployment = { critical: boolean; reliability: boolean };
export type Gate = "OPEN" | "CRITICAL_ONLY" | "RELIABILITY_ONLY";

/** What may be deployed, by the company's rule: half used, nothing uncritical; four fifths, reliability work only. */
export function gateAt(used: number): Gate {
  if (used >= gateLimits.unreliable) return "RELIABILITY_ONLY";
  return used >= gateLimits.uncritical ? "CRITICAL_ONLY" : "OPEN";
}
export function mayDeploy(gate: Gate, { critical, reliability }: Deployment): boolean {
  if (gate === "RELIABILITY_ONLY") return reliability;
  return gate === "OPEN" || critical || reliability;
}
