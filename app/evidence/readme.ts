import type { Scope } from "./package.server.ts";
import { readme as english } from "./words.readme.en.ts";
import { readme as indonesian } from "./words.readme.id.ts";

/** The package's own README, in both languages. */
export const readme = (scope: Scope): string => `${indonesian(scope)}\n\n${"-".repeat(78)}\n\n${english(scope)}\n`;
