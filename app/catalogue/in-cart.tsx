import { formatNumber, formatPieces } from "#app/ui/format.ts";
import { Icon } from "#app/ui/icons.tsx";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { GoOn } from "#app/ui/page-form.tsx";

// A number alone says pieces; of what comes in cases it says that it counts those.
const cases = ["dus", "karton", "lusin", "boks", "kotak", "pak"];

/** How many are in the cart: the answer stands where the finger was. */
export function InCart({ pieces, unit }: { pieces?: number; unit: string }) {
  const t = useMessages().catalogue;
  const lang = useLang();
  if (!pieces) return null;
  return (
    <p className="add__there">
      <Icon name="check" />
      <GoOn href="/cart">
        {t.inCart(cases.includes(unit.toLowerCase()) ? formatPieces(pieces, unit, lang) : formatNumber(pieces, lang))}
      </GoOn>
    </p>
  );
}
