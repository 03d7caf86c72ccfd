import { BaseSequencer, type TestSpecification } from "vitest/node";

// They start servers and processes of their own and wait for them, or go through all pages.
const long =
  /\/tests\/(local|seed|jobs)\/|\/(silly|odd-values|shown-data|cursors|wrong-role|own-links|connections|rows|shut-out)\.test/;

/** Vitest's own order, but long files first, so that none of them is alone at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [true, false].flatMap((first) => sorted.filter(({ moduleId }) => long.test(moduleId) === first));
  }
}
