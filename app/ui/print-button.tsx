import { useMessages } from "./language.tsx";

/** Prints the page; a script shows it, since without one it would do nothing. */
export function PrintButton() {
  const t = useMessages().ui.actions;
  return (
    <button type="button" className="button button--quiet" data-print hidden>
      {t.print}
    </button>
  );
}
