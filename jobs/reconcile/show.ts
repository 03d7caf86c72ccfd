import type { RunProgress } from "../erp/sync-queries.ts";

/** What the command ends with. */
export const exits = { done: 0, person: 1, failed: 2, interrupted: 130 } as const;

/** How many of those that need a person are named. */
export const mostNamed = 50;

/** A line that says how far it is: in place on a terminal, else once a second. `end` leaves the last one standing. */
export function progressLine(out: NodeJS.WriteStream = process.stdout) {
  const everyMs = out.isTTY ? 200 : 1_000;
  let shownAt = -Infinity;
  let shown = "";
  return {
    show(text: string) {
      if (text === shown || performance.now() - shownAt < everyMs) return;
      shownAt = performance.now();
      shown = text;
      out.write(out.isTTY ? `\r\x1b[K${text.slice(0, out.columns - 1)}` : `${text}\n`);
    },
    end(text: string) {
      out.write(out.isTTY ? `\r\x1b[K${text}\n` : text === shown ? "" : `${text}\n`);
    },
  };
}

export const count = (n: number) => n.toString().replace(/\B(?=(\d{3})+$)/g, ".");
export const orders = (n: number) => `${count(n)} ${n === 1 ? "order" : "orders"}`;

/** «120 of 1.000 orders, 4,9 a second, 3 for staff». */
export function howFar({ total, left, results }: RunProgress, perSecond: number): string {
  const open = Object.entries(results).reduce((sum, [result, n]) => (result === "CONFIRMED" ? sum : sum + n), 0);
  return (
    `${count(total - left)} of ${orders(total)}, ${perSecond.toFixed(1).replace(".", ",")} a ` +
    `second${open > 0 ? `, ${count(open)} to decide` : ""}`
  );
}

/** The results with how many have each, and those that need a person, named. */
export function table(
  results: Record<string, number>,
  named: Array<{ number: string; result: string; words: string }>,
  more: number,
): string {
  const order = ["CONFIRMED", "SHORT", "CREDIT_FAILED", "DUPLICATE", "ERROR"];
  const known = Object.entries(results)
    .filter(([, n]) => n > 0)
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  const lines = known.map(([result, n]) => `  ${result.padEnd(14)} ${count(n).padStart(7)}`);
  if (named.length > 0) lines.push("", "For a person, at /admin/reconcile:");
  for (const { number, result, words } of named) lines.push(`  ${number}  ${result.padEnd(14)} ${words}`.trimEnd());
  if (more > 0) lines.push(`  and ${count(more)} more`);
  return lines.join("\n");
}

/** What is different, in few words; the ERP's own first. */
export function wordsOf(error: string | null, { total, lines }: RunProgress["open"][number]["difference"]): string {
  const parts = [error ?? ""];
  const missing = lines.filter((line) => line.missing > 0);
  if (missing.length > 0) {
    parts.push(
      `missing ${missing
        .slice(0, 3)
        .map((line) => `${line.missing} of ${line.sku}`)
        .join(", ")}${missing.length > 3 ? ` and ${missing.length - 3} more` : ""}`,
    );
  }
  if (total !== 0) parts.push(`ERP ${total > 0 ? "+" : "-"}Rp ${count(Math.abs(total))}`);
  return parts
    .filter(Boolean)
    .join("; ")
    .replace(/\p{C}+/gu, " ");
}
