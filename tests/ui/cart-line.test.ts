import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { CartLine, type CartLineView } from "#app/carts/cart-line.tsx";
import { CreditPanel } from "#app/routes/checkout/credit-panel.tsx";
import { LanguageProvider } from "#app/ui/language.tsx";
import { type Lang, messages } from "#app/words.ts";

const line: CartLineView = {
  sku: "ALF-0432",
  name: "Aseton Lembut Kukelia 1 L",
  picture: "nail-care-1-1",
  unit: "botol",
  quantity: 9,
  unitPrice: 59_000,
  total: 531_000,
  volumeMinimum: null,
  badge: "LOW",
  left: 4,
};
const read = (lang: Lang, children: React.ReactElement) =>
  renderToStaticMarkup(createElement(LanguageProvider, { lang, children })).replace(/<[^>]+>/g, " ");

test("the cart names an article's unit in the reader's language, and no box to tick that it has not", () => {
  const id = read("id", createElement(CartLine, { line }));
  const en = read("en", createElement(CartLine, { line }));
  expect([id, en].map((text) => /per (\w+)/.exec(text)?.[1])).toEqual(["botol", "bottle"]);
  expect(id).toContain("Stok tinggal 4. Kurangi jumlah, atau centang pre-order di halaman checkout.");
  expect(en).toContain("tick pre-order at checkout");
});

test("above what the owner allows his salesmen, nothing is said of a decision that no order can reach", () => {
  const panel = (open: boolean) =>
    read(
      "id",
      createElement(CreditPanel, {
        credit: { light: "AMBER", reason: "OVER_LIMIT", limit: 9, room: 1, total: 3, over: 2, asOf: null },
        open,
      }),
    );
  const said = messages("id").approvals.checkout.OVER_LIMIT("Rp 2");
  expect(panel(true)).toContain(said);
  expect(panel(false)).not.toContain("tetap dapat diajukan");
});
