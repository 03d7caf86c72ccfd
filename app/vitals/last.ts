import { onlyOne } from "#app/only-one.ts";

/** What is left to be written when the web process ends. */
export const lastWritings = (): { write: () => Promise<void> } =>
  onlyOne("last-writings", () => ({ write: () => Promise.resolve() }));
