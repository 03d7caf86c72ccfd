import { type Line, lineOf } from "./log-facts.ts";
import { onlyOne } from "./only-one.ts";

/** A line with its age in seconds, so that its time is the database's. */
export type AgedLine = Omit<Line, "at"> & { ago: number };

const mostKept = 5_000;
const mostAtOnce = 250;
const longestLine = 16_000;
const tellEveryMs = 60_000;

/**
 * Lines of the log on their way into the database. Whoever logs only adds a string: nothing is read, sent or waited for
 * then. Whoever writes takes them in batches. When it is full, lines are lost and counted.
 */
export class LogQueue {
  #lines: string[] = [];
  #lost = 0;
  #toldAt = -Infinity;
  /** Lines lost since the process began, for those who count. */
  lostInAll = 0;

  get waiting(): number {
    return this.#lines.length;
  }

  add(line: string): void {
    if (this.#lines.length < mostKept && line.length <= longestLine) this.#lines.push(line);
    else this.lose(1);
  }

  lose(lines: number): void {
    this.#lost += lines;
    this.lostInAll += lines;
  }

  /**
   * Writes down what waits by now, batch by batch.
   *
   * @throws what `write` threw; its batch stays for the next try.
   */
  async drain(write: (lines: AgedLine[]) => Promise<unknown>): Promise<void> {
    for (let left = this.#lines.length; left > 0; left -= mostAtOnce) {
      const batch = this.#lines.slice(0, Math.min(left, mostAtOnce));
      const now = Date.now();
      const lines = batch.flatMap((text) => readLine(text) ?? []).map(({ at, ...line }) => aged(line, at, now));
      if (lines.length > 0) await write(lines);
      this.#lines.splice(0, batch.length);
    }
  }

  /** How many were lost since this was last asked; told once a minute, since what tells it is a line too. */
  takeLost(): number {
    if (this.#lost === 0 || performance.now() - this.#toldAt < tellEveryMs) return 0;
    const lost = this.#lost;
    this.#lost = 0;
    this.#toldAt = performance.now();
    return lost;
  }
}

const aged = (line: Omit<Line, "at">, at: number, now: number): AgedLine => ({
  ...line,
  ago: Math.max(0, (now - at) / 1_000),
});

function readLine(text: string): Line | null {
  try {
    const line = lineOf(text);
    return line && Number.isFinite(line.at) && line.level > 0 ? line : null;
  } catch {
    return null; // No line of ours.
  }
}

/** That of this process. */
export const logQueue = (): LogQueue => onlyOne("log-queue", () => new LogQueue());
