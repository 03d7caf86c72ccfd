/** Reads side by side, like Promise.all, by name: what each found stands under the name of its read. */
export async function together<Reads extends Record<string, Promise<unknown>>>(reads: Reads) {
  const found = await Promise.all(Object.values(reads));
  return Object.fromEntries(Object.keys(reads).map((name, index) => [name, found[index]])) as {
    [Name in keyof Reads]: Awaited<Reads[Name]>;
  };
}
