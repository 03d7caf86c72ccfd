/** Seconds after which a test that nobody answered says that no worker runs, and between looks at it until then. */
export const testPatience = 30;
export const testLook = 2;

/** Is somebody still waiting for it? */
export const isWaiting = (test: { answeredAt: unknown; waitedSeconds: number } | null): boolean =>
  test !== null && !test.answeredAt && test.waitedSeconds < testPatience;
