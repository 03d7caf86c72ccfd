/** Longer than the auth server takes for a known account, so that the time of a refusal tells nothing. */
const leastMs = 400;

/** The outcome of `work`, no sooner than after a fixed time: for answers that must not differ between known and unknown. */
export async function evenly<T>(work: () => Promise<T>): Promise<T> {
  const least = new Promise((resolve) => setTimeout(resolve, leastMs));
  try {
    return await work();
  } finally {
    await least;
  }
}
