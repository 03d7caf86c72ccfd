/** One measured promise: the figure, what it must be, and what the bare parts gave in the same run. */
export type Line = {
  what: string;
  figure: string;
  limit: string;
  /** The same work without us, measured in turns with the figure. */
  floor: string;
  /** Null for a figure that promises nothing. */
  meets: boolean | null;
};

/** The figures as a Markdown table. */
export function table(lines: Line[]): string {
  const word = (meets: boolean | null) => (meets === null ? "" : meets ? "meets" : "MISSES");
  const rows = [
    ["What", "Figure", "Limit", "Floor, same run", ""],
    ["---", "---", "---", "---", "---"],
    ...lines.map(({ what, figure, limit, floor, meets }) => [what, figure, limit, floor, word(meets)]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const cell = (text: string, column: number) =>
    text === "---" ? "-".repeat(widths[column]!) : text.padEnd(widths[column]!);
  return rows.map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");
}

/** The value below which this share (0..1) of the numbers lies. NaN of none. */
export function quantile(numbers: number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
export const median = (numbers: number[]) => quantile(numbers, 0.5);

export const percent = (part: number) => `${Math.round(part * 100)} %`;
export const milliseconds = (ms: number) => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
export const perSecond = (n: number, what: string) => `${Math.round(n)} ${what}/s`;
export const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
export const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;
