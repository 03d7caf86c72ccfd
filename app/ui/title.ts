import type { MetaFunction } from "@remix-run/node";
import { isRouteErrorResponse } from "@remix-run/react";
import { errorKind } from "./error-page.tsx";
import { defaultLang, messages, type Lang, type Messages } from "#app/words.ts";

/** A page's title in the reader's language: `export const meta = title((t) => t.cart.title)`. */
export function title<Data = unknown>(say: (t: Messages, data: Data | undefined) => string): MetaFunction {
  return ({ matches, data, error }) => {
    const root = matches.find((match) => match.id === "root")?.data as { lang?: Lang } | undefined;
    const t = messages(root?.lang ?? defaultLang);
    const failed = isRouteErrorResponse(error) ? t.ui.errors.pages[errorKind(error.status)] : undefined;
    return [{ title: t.ui.title(failed ? failed[0] : say(t, data as Data | undefined)) }];
  };
}
