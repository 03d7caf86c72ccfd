import type { LoaderFunctionArgs } from "@remix-run/node";
import { productPicture } from "./picture.ts";

/** A drawing by its name. A name always gives the same drawing, so whoever has it never asks again. */
export function loader({ params }: LoaderFunctionArgs) {
  const picture = params.file?.endsWith(".svg") ? productPicture(params.file.slice(0, -".svg".length)) : null;
  if (!picture) return new Response(null, { status: 404 });
  return new Response(picture, {
    headers: { "content-type": "image/svg+xml", "cache-control": "public, max-age=31536000, immutable" },
  });
}
