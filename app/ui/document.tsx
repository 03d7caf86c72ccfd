import type { ReactNode } from "react";
import type { Lang } from "#app/words.ts";
import { useMeasured } from "./measured.tsx";

/**
 * The HTML document. `head` carries the title and the stylesheet; the one script only makes comfortable what works
 * without it.
 */
export function Document({
  lang,
  head,
  dev,
  children,
}: {
  lang: Lang;
  head: ReactNode;
  dev?: ReactNode;
  children: ReactNode;
}) {
  return (
    <html lang={lang}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#fbf9f7" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#17141a" media="(prefers-color-scheme: dark)" />
        <meta name="format-detection" content="telephone=no" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        {head}
        <script src="/enhance.js" defer data-route={useMeasured() ?? undefined} />
      </head>
      <body>
        {children}
        {dev}
      </body>
    </html>
  );
}
