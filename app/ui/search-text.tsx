import { TextField } from "./fields.tsx";
import { useHere } from "./here.tsx";
import { useMessages } from "./language.tsx";
import { searchMost, tooLong } from "./list.ts";

type Props = { label: string; hint?: string; value: string; most?: number };

/** What a list is searched for. More than is looked for stays as it was typed, and is told beside it. */
export function SearchText({ label, hint, value, most = searchMost }: Props) {
  const error = useTooLong(most);
  return (
    <TextField
      name="q"
      type="search"
      label={label}
      hint={hint}
      defaultValue={error ? error.typed : value}
      error={error?.message}
      maxLength={most}
    />
  );
}

/** What was typed into this page's search where it is more than is looked for, and what is said about it. */
export function useTooLong(most = searchMost): { typed: string; message: string } | null {
  const t = useMessages().ui.form;
  const params = new URLSearchParams(useHere().split("?")[1]);
  return tooLong(params, most) ? { typed: params.get("q") ?? "", message: t.tooLong(most) } : null;
}
