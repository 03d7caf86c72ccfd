import { Field, type FieldProps } from "./field.tsx";
import type { Input } from "./fields.tsx";
import { useMessages } from "./language.tsx";

/** Never given its old value back. Where scripts run, a button beside it shows what was typed until it is sent. */
export function PasswordField({
  name,
  label,
  hint,
  error,
  id,
  hiddenLabel,
  ...input
}: FieldProps & Omit<Input, "defaultValue">) {
  const t = useMessages().ui.password;
  return (
    <Field name={name} label={label} hint={hint} error={error} id={id} hiddenLabel={hiddenLabel}>
      {(attributes) => (
        <span className="password">
          <input autoComplete="current-password" {...attributes} {...input} type="password" />
          <button
            type="button"
            className="button button--small"
            hidden
            aria-controls={attributes.id}
            data-show={t.show}
            data-hide={t.hide}
          >
            <span>{t.show}</span>
            <span className="hidden">{` ${t.typed}`}</span>
          </button>
        </span>
      )}
    </Field>
  );
}
