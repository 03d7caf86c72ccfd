import type { PartOf, Slug, StepOf } from "./playbook.ts";

/** What a playbook says: `sign` tells when to take it; `notes` stand below its steps. */
export type Book<S extends Slug> = {
  title: string;
  sign: string;
  parts: Record<PartOf<S>, string>;
  steps: Record<StepOf<S>, { text: string; hint?: string }>;
  notes: string[];
};
export type Books = { [S in Slug]: Book<S> };

type Step = { text: string; hint?: string };

/** What a part or a step of a playbook says, by its name. */
export function bookOf(books: Books, slug: Slug) {
  const { parts, steps }: { parts: Readonly<Record<string, string>>; steps: Readonly<Record<string, Step>> } =
    books[slug];
  return { part: (name: string) => parts[name] ?? name, step: (name: string): Step => steps[name] ?? { text: name } };
}
