import type { Corpus } from "./corpus.ts";
import { day, dayZero } from "./calendar.ts";
import type { Judged } from "./judge.ts";
import { median, percent } from "../table.ts";
import { kinds } from "./population.ts";

/** The confusion table, kind by kind, and the three promises. True when all three are kept. */
export function report({ seed, population, orders }: Corpus, judged: Judged): { text: string; meets: boolean } {
  const { days, judgedFrom } = population.size;
  const of = (kind: string | null) =>
    population.salesmen.filter((who) => who.kind === kind).map((who) => ({ who, ...judged.outcomes.get(who.n)! }));
  const head = [
    "Kind",
    "Salesmen",
    "Reviewed",
    "Suspended",
    "Nothing",
    "Days until found (median, most)",
    "Orders until found (median, most)",
  ];
  const lines = kinds.map((kind) => {
    const all = of(kind);
    const found = all.filter(({ reviewedAt }) => reviewedAt !== null);
    const until = found.map(({ who, reviewedAt }) => Math.max(0, (reviewedAt! - dayZero) / day - who.from));
    const placed = found.map(
      ({ who, reviewedAt }) =>
        orders.filter(({ salesman, at }) => salesman === who.n && at >= dayZero + who.from * day && at <= reviewedAt!)
          .length,
    );
    return [
      kind,
      all.length,
      found.length,
      all.filter(({ suspendedAt }) => suspendedAt !== null).length,
      all.length - found.length,
      both(until),
      both(placed),
    ].map(String);
  });
  const honest = of(null);
  const reviewed = honest.filter(({ reviewMonths }) => reviewMonths.size > 0);
  const wrongly = honest.filter(({ suspendedAt }) => suspendedAt !== null).length;
  lines.push(["honest", honest.length, reviewed.length, wrongly, honest.length - reviewed.length, "", ""].map(String));

  const bad = population.salesmen.filter(({ kind }) => kind !== null).map((who) => judged.outcomes.get(who.n)!);
  const recall =
    bad.filter(({ reviewedAt, suspendedAt }) => reviewedAt !== null || suspendedAt !== null).length / bad.length;
  const months = honest.reduce((sum, { who }) => sum + Math.max(0, days - Math.max(judgedFrom, who.firstDay)) / 30, 0);
  const reviewMonths = honest.reduce((sum, { reviewMonths: set }) => sum + set.size, 0);
  const kept = [recall >= 0.95, wrongly === 0, reviewMonths / months <= 0.02];
  const word = (i: number) => (kept[i] ? "meets" : "MISSES");
  return {
    meets: kept.every(Boolean),
    text: [
      `Seed ${seed}: ${orders.length} shadow orders of ${population.salesmen.length} salesmen in ` +
        `${population.stores.length} stores; days ${judgedFrom + 1} to ${days} judged.`,
      "",
      ...tabled([head, ...lines]),
      "",
      `Recall ${percent(recall)} (>= 95 %): ${word(0)}. False suspensions ${wrongly} (0): ${word(1)}. ` +
        `Reviews of honest salesmen ${reviewMonths} in ${Math.round(months)} salesman-months, ` +
        `${((100 * reviewMonths) / months).toFixed(1)} % (<= 2 %): ${word(2)}.`,
      `${judged.inspected} inspections in ${Math.round(judged.seconds)} s: p50 ${judged.inspection.p50.toFixed(1)} ` +
        `ms, p95 ${judged.inspection.p95.toFixed(1)} ms.`,
      ...reviewed.map(
        ({ who, rules }) =>
          `  honest and reviewed: ${who.style}, ${who.visits.toFixed(1)} visits a day: ${rules.join(", ")}`,
      ),
      ...population.salesmen
        .filter(({ kind, n }) => kind !== null && judged.outcomes.get(n)!.reviewedAt === null)
        .map(({ kind, n, from }) => `  not found: ${kind}, SLS-${1000 + n}, from day ${from + 1}`),
    ].join("\n"),
  };
}

const both = (numbers: number[]) =>
  numbers.length === 0 ? "-" : `${median(numbers).toFixed(0)}, ${Math.max(...numbers).toFixed(0)}`;

function tabled(lines: string[][]): string[] {
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const row = (line: string[]) => `| ${line.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  return [row(lines[0]!), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...lines.slice(1).map(row)];
}
