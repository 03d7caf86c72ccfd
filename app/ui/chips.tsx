import { described, FieldError, type FieldProps } from "./field.tsx";

type Props = Omit<FieldProps, "id" | "hiddenLabel"> & {
  options: Array<{ value: string; label: string }>;
  defaultValue?: string;
};

/** A choice of one among few, each to be hit with a thumb. */
export function Chips({ name, label, hint, error, options, defaultValue }: Props) {
  return (
    <fieldset
      className={error ? "field field--wrong" : "field"}
      id={name}
      tabIndex={-1}
      aria-describedby={described(name, hint, error)}
    >
      <legend>{label}</legend>
      {hint ? (
        <p className="field__hint" id={`${name}-hint`}>
          {hint}
        </p>
      ) : null}
      <FieldError id={name} error={error} />
      <div className="chips">
        {options.map((option) => (
          <label key={option.value} className="chip">
            <input type="radio" name={name} value={option.value} defaultChecked={option.value === defaultValue} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
