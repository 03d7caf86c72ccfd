export type CircuitState = "CLOSED" | "OPEN" | "HALF_OPEN";

export const feedNames = ["stock", "credit"] as const;
export type FeedName = (typeof feedNames)[number];

/** So many changes of the breaker are drawn and told at most; an ERP that flaps all week has more. */
export const eventsShown = 500;
