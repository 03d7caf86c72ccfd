import type { LoaderFunctionArgs } from "@remix-run/node";
import { openApi } from "#app/api/openapi.ts";
import { env } from "#app/env.server.ts";
import { isRead, readOnly } from "#app/http/api.server.ts";
import { messages } from "#app/words.ts";

let document: string | undefined;

/** The API's document, which programs are made from; in English. */
export function loader({ request }: LoaderFunctionArgs): Response {
  if (!isRead(request)) return readOnly();
  document ??= JSON.stringify(openApi(messages("en").api, env.APP_URL), null, 2);
  return new Response(document, {
    headers: { "content-type": "application/json", "cache-control": "public, max-age=300" },
  });
}

export const action = readOnly;
