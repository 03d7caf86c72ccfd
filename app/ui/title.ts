import type { MetaFunction } from "@remix-run/node";
import { defaultLang, messages, type Lang, type Messages } from "#app/words.ts";

/** A page's title in the reader's language: `export const meta = title((t) => t.cart.title)`. */
export function title<Data = unknown>(say: (t: Messages, data: Data | undefined) => string): MetaFunction {
  return ({ matches, data }) => {
    const root = matches.find((match) => match.id === "root")?.data as { lang?: Lang } | undefined;
    const t = messages(root?.lang ?? defaultLang);
    return [{ title: t.ui.title(say(t, data as Data | undefined)) }];
  };
}
