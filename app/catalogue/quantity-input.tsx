import { quantityField } from "#app/carts/cart.ts";
import { useMessages } from "#app/ui/language.tsx";

type Props = {
  sku: string;
  name: string;
  field: string;
  quantity: string;
  placeholder?: string;
  error?: string | null;
  /** The first of the page that is wrong: the browser goes there by itself. */ focused?: boolean;
};

/** How many pieces, as they were typed, and what is wrong with that. */
export function QuantityInput({ sku, name, field, quantity, placeholder, error, focused = false }: Props) {
  const t = useMessages();
  const id = quantityField(sku);
  return (
    <>
      <label className="hidden" htmlFor={id}>
        {t.catalogue.quantityOf(name)}
      </label>
      {error ? (
        <p className="field__error" id={`${id}-error`}>
          <span className="hidden">{t.ui.form.errorPrefix} </span>
          {error}
        </p>
      ) : null}
      <input
        id={id}
        name={field}
        type="text"
        inputMode="numeric"
        defaultValue={quantity}
        placeholder={placeholder}
        autoComplete="off"
        maxLength={12}
        // eslint-disable-next-line jsx-a11y/no-autofocus -- where a form came back wrong, also without script
        autoFocus={focused && Boolean(error)}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
      />
    </>
  );
}
