/** Things that have to be ended, also when the bench is interrupted while they start. */
const standing = new Set<() => Promise<unknown>>();

/** What `starting` gives, and an end for it that is carried out once, by whoever comes first. */
export async function toBeEnded<T>(
  starting: Promise<T>,
  end: (thing: T) => Promise<unknown>,
): Promise<{ thing: T; end: () => Promise<void> }> {
  let ending: Promise<unknown> | null = null;
  const once = () => (ending ??= starting.then(end, () => undefined).finally(() => standing.delete(once)));
  standing.add(once);
  try {
    return { thing: await starting, end: async () => void (await once()) };
  } catch (error) {
    standing.delete(once);
    throw error;
  }
}

/** Ends everything, the newest first. */
export async function endAll(): Promise<void> {
  for (const end of [...standing].reverse()) await end().catch(console.error);
}
