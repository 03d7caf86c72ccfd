import type { FormError } from "./form.tsx";

/** A form that came back: what is wrong with it, and what was typed. */
export type Reply = { errors: FormError[]; values: Record<string, string> };

/** What is wrong with a field of a form that came back. */
export const errorOf = (reply: Pick<Reply, "errors"> | undefined, name: string): string | undefined =>
  reply?.errors.find(({ field }) => field === name)?.message;

/** A field of a form that may have come back: what was typed stays, beside what is wrong with it. */
export const kept = (reply: Reply | undefined, name: string, first?: string) => ({
  name,
  defaultValue: reply?.values[name] ?? first,
  error: errorOf(reply, name),
});
