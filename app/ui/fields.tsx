import type { InputHTMLAttributes } from "react";
import { described, Field, FieldError, type FieldProps } from "./field.tsx";

export type Input = Pick<
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

export function TextField({
  type = "text",
  ...props
}: FieldProps & Input & { type?: "text" | "email" | "search" | "tel" | "date" | "datetime-local" }) {
  return <InputField type={type} {...props} />;
}

/**
 * Text with a number pad rather than type=number: a browser throws away what it cannot read there, and it should stay.
 */
export function NumberField(props: FieldProps & Input) {
  return <InputField type="text" inputMode="numeric" autoComplete="off" short {...props} />;
}

export function Textarea({
  defaultValue,
  maxLength,
  rows = 3,
  ...field
}: FieldProps & { defaultValue?: string; maxLength?: number; rows?: number }) {
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
}: FieldProps & { options: Array<{ value: string; label: string }>; defaultValue?: string }) {
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
}: FieldProps & { value?: string; defaultChecked?: boolean }) {
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
}: FieldProps & Input & { type: string; short?: boolean }) {
  return (
    <Field name={name} label={label} hint={hint} error={error} id={id} hiddenLabel={hiddenLabel}>
      {(attributes) => <input {...attributes} {...input} type={type} className={short ? "short" : undefined} />}
    </Field>
  );
}
