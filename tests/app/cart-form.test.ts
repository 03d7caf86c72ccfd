import { expect, test } from "vitest";
import { addForm, cartForm } from "#app/carts/cart.ts";

const lines = (n: number, typed: string) =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [`quantity-UJI-${i}`, typed]));

test.each([
  ["the cart", cartForm],
  ["the catalogue", addForm],
])("a form of %s has at most as many lines as a cart, and more is one mistake, not one for each", (_, form) => {
  expect(form.safeParse(lines(200, "1")).success).toBe(true);
  expect(form.safeParse(lines(200, "banyak")).error!.issues).toHaveLength(200);
  expect(form.safeParse(lines(3_200, "banyak")).error!.issues.map(({ message }) => message)).toEqual(["CART_FULL"]);
});
