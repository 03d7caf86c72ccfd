import type { Lang } from "#app/words.ts";

/** What a visitor is told while the shop is closed, in both languages; the server writes the page. */
export type Closed = {
  /** Seconds. */
  retryAfter: number;
  /** What goes on, in the words of whoever closed it; null: nobody wrote any. */
  text: Record<Lang, string> | null;
  until: Record<Lang, string> | null;
  /** Catalogue and prices to keep; null: there are none. */
  pack: string | null;
};

/** Why nobody could answer a request: what the server writes in its place. */
export type Outage = {
  reason: "AWAY" | "BUSY" | "SLOW" | "CLOSED" | "READ_ONLY";
  /** The change may have been made: its answer alone is lost. */ uncertain?: boolean;
  closed?: Closed;
};
