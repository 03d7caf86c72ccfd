type Slice<Sum> = { begun: number; sums: Map<string, Sum> };
/** A sum that is to be written down, and how many seconds ago its time began. */
export type Aged<Sum> = { key: string; ago: number; sum: Sum };
type Most = { slices: number; sums?: number };

const sliceMs = 60_000;

/**
 * Sums of what goes on, by name and slice of time, kept in memory until they are written down. Slices carry their age,
 * not our clock's time, so that hours are the database's. What cannot be written is put back; more than `most`, and the
 * oldest slice gives way.
 */
export class Slices<Sum> {
  readonly #fresh: () => Sum;
  readonly #most: Required<Most>;
  #slices: Array<Slice<Sum>> = [];

  constructor(fresh: () => Sum, { slices, sums = Infinity }: Most) {
    this.#fresh = fresh;
    this.#most = { slices, sums };
  }

  /** The sum of this name that is running, to be added to. It never waits and never fails. */
  running(key: string): Sum {
    const now = performance.now();
    let slice = this.#slices.at(-1);
    if (!slice || now - slice.begun > sliceMs) {
      slice = { begun: now, sums: new Map() };
      this.#slices.push(slice);
      this.#bound();
    }
    const sum = slice.sums.get(key) ?? this.#fresh();
    slice.sums.set(key, sum);
    return sum;
  }

  /**
   * Hands the oldest sums to whoever writes them down, some at a time; none twice.
   *
   * @throws what `write` threw; those sums are kept.
   */
  async drain(write: (sums: Array<Aged<Sum>>) => Promise<unknown>, atOnce = 500): Promise<void> {
    while (this.#slices.length > 0) {
      const taken: Array<Slice<Sum>> = [];
      for (let sums = 0; this.#slices.length > 0 && sums < atOnce; sums += taken.at(-1)!.sums.size)
        taken.push(this.#slices.shift()!);
      try {
        await write(taken.flatMap(aged));
      } catch (error) {
        this.#slices.unshift(...taken);
        this.#bound();
        throw error;
      }
    }
  }

  #bound(): void {
    const { slices, sums } = this.#most;
    let kept = this.#slices.reduce((total, slice) => total + slice.sums.size, 0);
    while (this.#slices.length > 1 && (this.#slices.length > slices || kept > sums))
      kept -= this.#slices.shift()!.sums.size;
  }
}

function aged<Sum>({ begun, sums }: Slice<Sum>): Array<Aged<Sum>> {
  const ago = Math.max(0, (performance.now() - begun) / 1_000);
  return [...sums].map(([key, sum]) => ({ key, ago, sum }));
}
