/** Longer than the auth server takes for a known account, so that the time of a refusal tells nothing. */
const leastMs = 400;

/**
 * For what a mail is sent in: longer than a mail provider usually takes to accept one, which it is asked for a known
 * account alone.
 */
export const mailMs = 2_000;

/**
 * The outcome of `work`, no sooner than after a fixed time: for answers that must not differ between known and unknown.
 */
export async function evenly<T>(work: () => Promise<T>, ms = leastMs): Promise<T> {
  const least = new Promise((resolve) => setTimeout(resolve, ms));
  try {
    return await work();
  } finally {
    await least;
  }
}
