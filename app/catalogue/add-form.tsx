import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { InCart } from "./in-cart.tsx";
import { QuantityInput } from "./quantity-input.tsx";

type Props = {
  sku: string;
  name: string;
  back: string;
  error?: string | null;
  quantity?: string;
  inCart?: number;
};

/** Adds one article to the cart and comes back to the page it was pressed on. */
export function AddForm({ sku, name, back, error, quantity = "1", inCart }: Props) {
  const t = useMessages().catalogue;
  return (
    <PostForm className="add" action="/cart/items" data-keep-place>
      <input type="hidden" name="sku" value={sku} />
      <input type="hidden" name="next" value={back} />
      <InCart pieces={inCart} />
      <QuantityInput sku={sku} name={name} field="quantity" quantity={quantity} error={error} />
      <button type="submit" className="button button--main">
        {t.addToCart}
      </button>
    </PostForm>
  );
}
