import { useMessages } from "#app/ui/language.tsx";

/** Why an incident was opened, in words; a cause that has none yet reads as a sentence all the same. */
export function useCause() {
  const { causes } = useMessages().office.incidents;
  return (cause: string) => (Object.hasOwn(causes, cause) ? causes[cause]! : sentence(cause));
}

const sentence = (code: string) => `${code[0]}${code.slice(1).toLowerCase().replaceAll("_", " ")}`;
