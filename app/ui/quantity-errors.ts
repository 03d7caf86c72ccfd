import { quantityField } from "#app/models/cart.ts";
import type { FormError } from "./form.tsx";

/** Mistakes as they stand above a form of quantities: each says whose it is. */
export const named = (errors: FormError[], lines: Array<{ sku: string; name: string }>) =>
  errors.map(({ field, message }) => {
    const name = lines.find(({ sku }) => field === quantityField(sku))?.name;
    return { field, message: name && !message.includes(name) ? `${name}: ${message}` : message };
  });
