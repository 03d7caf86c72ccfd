/**
 * Resolves on Ctrl-C, SIGTERM or a closed terminal. A second Ctrl-C is ignored, because npm passes the
 * first one on twice.
 */
export function endedBySignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
  });
}
