import { quantityField } from "#app/carts/cart.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { SaidHere } from "#app/ui/said.tsx";
import { InCart } from "./in-cart.tsx";
import { QuantityInput } from "./quantity-input.tsx";

type Props = {
  sku: string;
  name: string;
  unit?: string;
  error?: string | null;
  quantity?: string;
  inCart?: number;
};

/** Adds one article to the cart, on its page; one of it where nothing is typed. */
export function AddForm({ sku, name, unit = "", error, quantity = "", inCart }: Props) {
  const t = useMessages().catalogue;
  return (
    <PostForm className="add" action={`/products/${sku}`} id={sku} data-keep-place>
      <SaidHere at={sku} />
      <InCart pieces={inCart} unit={unit} />
      <QuantityInput
        sku={sku}
        name={name}
        field={quantityField(sku)}
        quantity={quantity}
        placeholder="1"
        error={error}
        focused
      />
      <button type="submit" name="add" value={sku} className="button button--main">
        {t.addToCart}
      </button>
    </PostForm>
  );
}
