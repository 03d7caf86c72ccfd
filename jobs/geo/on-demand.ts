/**
 * Something large that is loaded when it is first asked for and let go when nobody has asked for `idleMs`: databases of
 * places take tens of megabytes, and most hours of the night no order comes. A load that fails is tried again by the
 * next one who asks.
 */
export function onDemand<T>(load: () => Promise<T>, idleMs = 5 * 60_000): () => Promise<T> {
  let loaded: Promise<T> | null = null;
  let timer: NodeJS.Timeout | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => (loaded = null), idleMs).unref();
    return (loaded ??= load().catch((error: unknown) => {
      loaded = null;
      throw error;
    }));
  };
}
