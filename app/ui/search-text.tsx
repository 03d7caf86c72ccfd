import { TextField } from "./fields.tsx";
import { useHere } from "./here.tsx";
import { useMessages } from "./language.tsx";
import { searchMost, tooLong } from "./list.ts";

type Props = { label: string; hint?: string; value: string };

/** What a list is searched for. More than is looked for stays as it was typed, and is told beside it. */
export function SearchText({ label, hint, value }: Props) {
  const error = useTooLong();
  return (
    <TextField
      name="q"
      type="search"
      label={label}
      hint={hint}
      defaultValue={error ? error.typed : value}
      error={error?.message}
      maxLength={searchMost}
    />
  );
}

/** What was typed into this page's search where it is more than is looked for, and what is said about it. */
export function useTooLong(): { typed: string; message: string } | null {
  const t = useMessages().ui.form;
  const params = new URLSearchParams(useHere().split("?")[1]);
  return tooLong(params) ? { typed: params.get("q") ?? "", message: t.tooLong(searchMost) } : null;
}
