import { formatNumber } from "#app/ui/format.ts";
import { Icon } from "#app/ui/icons.tsx";
import { useLang, useMessages } from "#app/ui/language.tsx";

/** How many are in the cart: the answer stands where the finger was. */
export function InCart({ pieces }: { pieces?: number }) {
  const lang = useLang();
  const t = useMessages().catalogue;
  if (!pieces) return null;
  return (
    <p className="add__there">
      <Icon name="check" />
      <a href="/cart">{t.inCart(formatNumber(pieces, lang))}</a>
    </p>
  );
}
