import { described, FieldError } from "./field.tsx";
import { Icon } from "./icons.tsx";
import { useMessages } from "./language.tsx";
import { searchMost } from "./list.ts";
import { useTooLong } from "./search-text.tsx";

/** The one field of staff, in the head of every page: a number, a name, a telephone, an SKU. */
export function SearchField({ typed }: { typed: string }) {
  const { lookup, ui } = useMessages();
  const long = useTooLong();
  const error = typed && long ? long.message : null;
  return (
    <form className="find no-print" method="get" action="/admin/search" role="search" aria-label={lookup.title}>
      <FieldError id="find" error={error} />
      <input
        type="search"
        name="q"
        id="find"
        aria-describedby={described("find", undefined, error)}
        aria-invalid={error ? true : undefined}
        aria-label={lookup.label}
        placeholder={lookup.placeholder}
        defaultValue={typed}
        maxLength={searchMost}
        autoComplete="off"
        spellCheck={false}
        autoCapitalize="none"
      />
      <button type="submit" className="button button--bare" title={ui.actions.search}>
        <Icon name="search" />
        <span className="hidden">{ui.actions.search}</span>
      </button>
    </form>
  );
}
