import { z } from "zod";
import { quantity, quantityOrZero } from "#app/catalogue/catalogue.ts";

/** One line as a form asks for it: so many, where the page showed `shown` (null: it did not say); or so many more. */
export type CartChange = { sku: string; quantity: number; shown: number | null } | { sku: string; add: number };

/**
 * Why a line stays as it is; `there`: how many of it are in the cart. The name of what a store does not see is null.
 */
const lineProblem = z.object({
  sku: z.string(),
  name: z.string().nullable(),
  reason: z.enum(["CHANGED", "WITHDRAWN", "UNPRICED", "RANGE", "UNKNOWN"]),
  /** What only is not for sale does not say. */
  there: z.number().default(0),
});
export type LineProblem = z.output<typeof lineProblem>;
/** What CART_LINES and WITHDRAWN say about the lines that stand in the way. */
export const lineProblems = z.object({ lines: z.array(lineProblem).nonempty() });

/** An article that stands in the cart and cannot be ordered now. */
export type WithdrawnLine = {
  sku: string;
  name: string;
  picture: string;
  quantity: number;
  reason: "WITHDRAWN" | "UNPRICED";
};

/** The fields of a line in a form of quantities. */
export const quantityField = (sku: string) => `quantity-${sku}`;
export const shownField = (sku: string) => `shown-${sku}`;

const skuPattern = /^[A-Z0-9-]{3,32}$/;
const shownPattern = /^\d{1,4}$/;

/** SKUs in one value, as the button says them that takes several articles out. */
export const skuList = z
  .string()
  .default("")
  .transform((text) => text.split(" ").filter((sku) => skuPattern.test(sku)));

/** What was typed for each article of a form of quantities, with what had been shown. */
export function typedQuantities(
  values: Record<string, string>,
): Array<{ sku: string; typed: string; shown: string | null }> {
  return Object.entries(values).flatMap(([name, value]) => {
    const sku = name.startsWith("quantity-") ? name.slice("quantity-".length) : "";
    const shown = values[shownField(sku)];
    return skuPattern.test(sku)
      ? [{ sku, typed: value.trim(), shown: shown !== undefined && shownPattern.test(shown) ? shown : null }]
      : [];
  });
}

/** The lines of a form that its sender changed. */
export const changedQuantities = (values: Record<string, string>) =>
  typedQuantities(values).filter(({ typed, shown }) => typed !== shown);

/**
 * A cart holds so many lines; a form with more was made by no page of ours, and is answered by one sentence instead of
 * one for each line.
 */
const mostLines = 200;
const quantities = z
  .record(z.string(), z.string())
  .refine((values) => Object.keys(values).filter((name) => name.startsWith("quantity-")).length <= mostLines, {
    message: "CART_FULL",
  });

/**
 * The cart as a whole: `quantity-<SKU>` for each line, `shown-<SKU>` as it was shown, `remove` (SKUs that go, whatever
 * was typed for them) and `go`: what comes afterwards. A number that is none is an error of its own field.
 */
export const cartForm = quantities.transform((values, ctx) => {
  const removed = skuList.parse(values.remove);
  const changes: CartChange[] = removed.map((sku) => ({ sku, quantity: 0, shown: null }));
  for (const { sku, typed, shown } of changedQuantities(values)) {
    if (removed.includes(sku)) continue;
    const quantity = quantityOrZero.safeParse(typed);
    if (quantity.success) changes.push({ sku, quantity: quantity.data, shown: shown === null ? null : Number(shown) });
    else ctx.addIssue({ code: "custom", path: [quantityField(sku)], message: "QUANTITY_OR_ZERO" });
  }
  return { changes, removed, go: values.go === "checkout" ? ("checkout" as const) : ("save" as const) };
});

/**
 * A list of articles to choose from: `quantity-<SKU>` is how many more, empty for none, and `add` the article whose
 * button was pressed: one of it where nothing was typed. All that was typed is added, whichever button was pressed.
 */
export const addForm = quantities.transform((values, ctx) => {
  const changes: Array<{ sku: string; add: number }> = [];
  for (const { sku, typed } of typedQuantities(values)) {
    const wanted = typed === "" && sku === values.add ? "1" : typed;
    if (wanted === "") continue;
    const add = quantity.safeParse(wanted);
    if (add.success) changes.push({ sku, add: add.data });
    else ctx.addIssue({ code: "custom", path: [quantityField(sku)], message: "QUANTITY" });
  }
  return { changes, values };
});
