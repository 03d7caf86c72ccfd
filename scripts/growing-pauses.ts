const longestSeconds = 30;
/** What ran for so long, in milliseconds, is sound again: its next fall is a new one. */
const soundMs = 60_000;

/** How many seconds to wait before something that fell over is started again: 1, 2, 4 … 30, each by its name. */
export function growingPauses(clock = () => performance.now()) {
  const falls = new Map<string, { seconds: number; until: number }>();
  return {
    next(name: string): number {
      const last = falls.get(name);
      const seconds = last && clock() - last.until < soundMs ? Math.min(longestSeconds, last.seconds * 2) : 1;
      falls.set(name, { seconds, until: clock() + seconds * 1000 });
      return seconds;
    },
  };
}
