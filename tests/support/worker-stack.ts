/**
 * Puts the whereabouts of this worker's own system (playwright-setup.ts) into its environment: BASE_URL, MAILBOX_URL
 * and so on. Playwright's main process starts before there is any.
 */
export function findStack() {
  const { STACKS, TEST_PARALLEL_INDEX } = process.env;
  if (!STACKS || !TEST_PARALLEL_INDEX) return;
  const stacks = JSON.parse(STACKS) as Array<Record<string, string>>;
  Object.assign(process.env, stacks[Number(TEST_PARALLEL_INDEX)]);
}
