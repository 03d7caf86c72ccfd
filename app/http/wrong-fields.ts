import type { z } from "zod";
import { errorText, type Lang } from "#app/words.ts";

/** What is wrong with what a program sent, field by field: a code of ours and its sentence. */
export const wrongFields = (error: z.ZodError, lang: Lang) =>
  error.issues.map(({ path, message }) => ({
    field: path.join(".") || null,
    code: message,
    detail: errorText(lang, message),
  }));
