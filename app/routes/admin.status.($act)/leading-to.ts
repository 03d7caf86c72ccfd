import type { FormError } from "#app/ui/form.tsx";
import type { Reply } from "#app/ui/kept.ts";

/** What is wrong with a form whose fields are called otherwise on a page of several forms: links lead to its own. */
export const leadingTo = (reply: Reply | undefined, ids: Record<string, string>): FormError[] =>
  (reply?.errors ?? []).map((error) => {
    const id = error.field && ids[error.field];
    return id ? { ...error, href: `#${id}` } : error;
  });
