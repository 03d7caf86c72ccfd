import { quantityField } from "./cart.ts";
import type { FormError } from "#app/ui/form.tsx";

/** Mistakes as they stand above a form of quantities: each says whose it is. */
export const named = (errors: FormError[], lines: Array<{ sku: string; name: string }>) =>
  errors.map(({ field, message }) => {
    const name = lines.find(({ sku }) => field === quantityField(sku))?.name;
    return { field, message: name && !message.includes(name) ? `${name}: ${message}` : message };
  });
