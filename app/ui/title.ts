import type { MetaFunction } from "@remix-run/node";
import { isRouteErrorResponse } from "@remix-run/react";
import { errorKind } from "./error-page.tsx";
import { summaryId } from "./form.tsx";
import { defaultLang, messages, parseLang, type Lang, type Messages } from "#app/words.ts";

/** A page's title in the reader's language: `export const meta = title((t) => t.cart.title)`. */
export function title<Data = unknown>(say: (t: Messages, data: Data | undefined) => string): MetaFunction {
  return ({ matches, data, error }) => {
    const root = matches.find((match) => match.id === "root")?.data as { lang?: Lang } | undefined;
    const t = messages(root?.lang ?? defaultLang);
    const failed = isRouteErrorResponse(error) ? t.ui.errors.pages[errorKind(error.status)] : undefined;
    return [{ title: t.ui.title(failed ? failed[0] : say(t, data as Data | undefined)) }];
  };
}

/**
 * A page that came back with a mistake says so first of all, in its title. Only the finished page knows whether it has
 * one: its head is written before its form.
 */
export function sayingMistake(html: string): string {
  if (!html.includes(`id="${summaryId}"`)) return html;
  const lang = parseLang(/<html lang="(\w+)"/.exec(html)?.[1]) ?? defaultLang;
  return html.replace("<title>", `<title>${messages(lang).ui.form.inTitle}`);
}
