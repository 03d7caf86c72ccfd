import type { ReactNode } from "react";
import { useMessages } from "./language.tsx";

export type FieldProps = {
  name: string;
  label: string;
  hint?: string;
  error?: string | null;
  id?: string;
  hiddenLabel?: boolean;
};
type Attributes = { id: string; name: string; "aria-describedby"?: string; "aria-invalid"?: true };

/** A field with its label above it, its hint, and what is wrong with it. */
export function Field({
  name,
  label,
  hint,
  error,
  id = name,
  hiddenLabel,
  children,
}: FieldProps & { children: (attributes: Attributes) => ReactNode }) {
  return (
    <div className={error ? "field field--wrong" : "field"}>
      <label htmlFor={id} className={hiddenLabel ? "hidden" : undefined}>
        {label}
      </label>
      {hint ? (
        <p className="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      <FieldError id={id} error={error} />
      {children({ id, name, "aria-describedby": described(id, hint, error), "aria-invalid": error ? true : undefined })}
    </div>
  );
}

export function FieldError({ id, error }: { id: string; error?: string | null }) {
  const t = useMessages();
  if (!error) return null;
  return (
    <p className="field__error" id={`${id}-error`}>
      <span className="hidden">{t.ui.form.errorPrefix} </span>
      {error}
    </p>
  );
}

/** The ids of what is said beside a field. */
export function described(id: string, hint?: string, error?: string | null) {
  return [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
}
