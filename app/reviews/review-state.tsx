import type { ReviewState as State } from "./review.ts";
import { Badge } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";

const tone = { OPEN: "warn", LATE: "bad", DONE: "good", EMPTY: "plain" } as const;

/** How far the auditor has come with a month. */
export function ReviewState({ state }: { state: State }) {
  return <Badge tone={tone[state]}>{useMessages().reviews.states[state]}</Badge>;
}
