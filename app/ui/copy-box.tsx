import { useMessages } from "./language.tsx";

/** Text to take along. It can be selected by hand; where the script runs, a button copies it. */
export function CopyBox({ id, label, hint, text }: { id: string; label: string; hint?: string; text: string }) {
  const t = useMessages();
  return (
    <div className="copy field">
      <label htmlFor={id}>{label}</label>
      {hint ? (
        <p className="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      <textarea
        id={id}
        readOnly
        rows={Math.min(14, text.split("\n").length + 1)}
        defaultValue={text}
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
      <button type="button" className="button button--quiet" data-copy={id} data-copied={t.ui.actions.copied} hidden>
        {t.ui.actions.copy}
      </button>
    </div>
  );
}
