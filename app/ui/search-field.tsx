import { Icon } from "./icons.tsx";
import { useMessages } from "./language.tsx";

/** The one field of staff, in the head of every page: a number, a name, a telephone, an SKU. */
export function SearchField({ typed }: { typed: string }) {
  const { lookup, ui } = useMessages();
  return (
    <form className="find no-print" method="get" action="/admin/search" role="search" aria-label={lookup.title}>
      <input
        type="search"
        name="q"
        aria-label={lookup.label}
        placeholder={lookup.placeholder}
        defaultValue={typed}
        maxLength={80}
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
