import type { InputHTMLAttributes, ReactNode } from "react";
import { useMessages } from "./language.tsx";

/** What is wrong: with a field of the form, or (`href`) to be seen or mended on another page. */
export type FormError = { field?: string; href?: string; message: string };
type Common = { name: string; label: string; hint?: string; error?: string | null; id?: string; hiddenLabel?: boolean };
type Input = Pick<
  InputHTMLAttributes<HTMLInputElement>,
  | "defaultValue"
  | "autoComplete"
  | "required"
  | "maxLength"
  | "inputMode"
  | "min"
  | "max"
  | "autoFocus"
  | "spellCheck"
  | "autoCapitalize"
>;

/** What was typed into a form that is no more there to be sent: it stays readable, and can be copied. */
export function KeptText({ text }: { text?: string }) {
  const t = useMessages();
  return text ? (
    <p className="break">
      {t.ui.form.kept}: «{text}»
    </p>
  ) : null;
}

/** All mistakes above the form, each a link to its field or to where it is mended. */
export function ErrorSummary({ errors, title }: { errors: FormError[]; title?: string }) {
  const t = useMessages();
  if (errors.length === 0) return null;
  return (
    <div className="summary" role="alert" aria-labelledby="error-summary" tabIndex={-1}>
      <h2 id="error-summary">{title ?? t.ui.form.summaryTitle}</h2>
      <ul>
        {errors.map(({ field, message, href = field && `#${field}` }) => (
          <li key={`${field}${message}`}>{href ? <a href={href}>{message}</a> : message}</li>
        ))}
      </ul>
    </div>
  );
}

export function TextField({
  type = "text",
  ...props
}: Common & Input & { type?: "text" | "email" | "search" | "tel" | "date" }) {
  return <InputField type={type} {...props} />;
}

/** Never given its old value back. */
export function PasswordField(props: Common & Omit<Input, "defaultValue">) {
  return <InputField type="password" autoComplete="current-password" {...props} />;
}

/**
 * Text with a number pad rather than type=number: a browser throws away what it cannot read there, and it should stay.
 */
export function NumberField(props: Common & Input) {
  return <InputField type="text" inputMode="numeric" autoComplete="off" short {...props} />;
}

export function Textarea({
  defaultValue,
  maxLength,
  rows = 3,
  ...field
}: Common & { defaultValue?: string; maxLength?: number; rows?: number }) {
  return (
    <Field {...field}>
      {(attributes) => <textarea {...attributes} rows={rows} defaultValue={defaultValue} maxLength={maxLength} />}
    </Field>
  );
}

export function Select({
  options,
  defaultValue,
  ...field
}: Common & { options: Array<{ value: string; label: string }>; defaultValue?: string }) {
  return (
    <Field {...field}>
      {(attributes) => (
        <select {...attributes} defaultValue={defaultValue}>
          {options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function Checkbox({
  name,
  label,
  hint,
  error,
  id = name,
  value = "yes",
  defaultChecked,
}: Common & { value?: string; defaultChecked?: boolean }) {
  return (
    <div className={error ? "field field--wrong" : "field"}>
      <FieldError id={id} error={error} />
      <div className="check">
        <input
          type="checkbox"
          id={id}
          name={name}
          value={value}
          defaultChecked={defaultChecked}
          aria-describedby={described(id, hint, error)}
        />
        <label htmlFor={id}>{label}</label>
      </div>
      {hint ? (
        <p className="field__hint field__hint--check" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}

export function SubmitButton({
  children,
  kind = "main",
  label,
}: {
  children: ReactNode;
  kind?: "main" | "quiet" | "small";
  label?: string;
}) {
  return (
    <button type="submit" className={`button button--${kind}`} aria-label={label}>
      {children}
    </button>
  );
}

/**
 * What Enter in a field presses: the first button of its form. Unseen, where the first one that is seen would do
 * something else. `form`: of that id, when it stands outside.
 */
export function DefaultSubmit({ name, value, form }: { name: string; value: string; form?: string }) {
  return (
    <button type="submit" name={name} value={value} form={form} className="hidden" tabIndex={-1} aria-hidden="true" />
  );
}

function InputField({
  name,
  label,
  hint,
  error,
  id,
  hiddenLabel,
  type,
  short,
  ...input
}: Common & Input & { type: string; short?: boolean }) {
  return (
    <Field name={name} label={label} hint={hint} error={error} id={id} hiddenLabel={hiddenLabel}>
      {(attributes) => <input {...attributes} {...input} type={type} className={short ? "short" : undefined} />}
    </Field>
  );
}

type Attributes = { id: string; name: string; "aria-describedby"?: string; "aria-invalid"?: true };

function Field({
  name,
  label,
  hint,
  error,
  id = name,
  hiddenLabel,
  children,
}: Common & { children: (attributes: Attributes) => ReactNode }) {
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

function FieldError({ id, error }: { id: string; error?: string | null }) {
  const t = useMessages();
  if (!error) return null;
  return (
    <p className="field__error" id={`${id}-error`}>
      <span className="hidden">{t.ui.form.errorPrefix} </span>
      {error}
    </p>
  );
}

function described(id: string, hint?: string, error?: string | null) {
  return [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
}
