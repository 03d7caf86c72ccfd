import { afterAll, beforeAll } from "vitest";

/**
 * What is opened before the first test of this file and closed after the last. Its fields are there from the first hook
 * on.
 */
export function whileFileRuns<T extends object>(open: () => T | Promise<T>, close: (opened: T) => unknown): T {
  const fields = {} as T;
  let opened: T | undefined;
  beforeAll(async () => {
    opened = await open();
    Object.assign(fields, opened);
  });
  afterAll(async () => {
    if (opened) await close(opened);
  });
  return fields;
}
