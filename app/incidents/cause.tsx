import { useMessages } from "#app/ui/language.tsx";
import { wordFor } from "#app/ui/word.ts";

/** Why an incident was opened, in words; a cause that has none yet reads as a sentence all the same. */
export function useCause() {
  const { causes } = useMessages().incidents;
  return (cause: string) => wordFor(causes, cause) ?? sentence(cause);
}

const sentence = (code: string) => `${code[0]}${code.slice(1).toLowerCase().replaceAll("_", " ")}`;
