/** Things that have to be ended, also when the bench is interrupted while they start. */
const open = new Set<() => Promise<unknown>>();

/** What `starting` gives, and an end for it that is carried out once, by whoever comes first. */
export async function toBeEnded<T>(
  starting: Promise<T>,
  end: (thing: T) => Promise<unknown>,
): Promise<{ thing: T; end: () => Promise<void> }> {
  let ending: Promise<unknown> | null = null;
  const once = () => (ending ??= starting.then(end, () => undefined).finally(() => open.delete(once)));
  open.add(once);
  try {
    return { thing: await starting, end: async () => void (await once()) };
  } catch (error) {
    open.delete(once);
    throw error;
  }
}

/** Ends everything, the newest first. */
export async function endAll(): Promise<void> {
  for (const end of [...open].reverse()) await end().catch(console.error);
}
