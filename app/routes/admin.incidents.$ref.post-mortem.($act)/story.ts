import { wordFor } from "#app/ui/word.ts";
import { formatWib } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import type { PostMortemData } from "./post-mortem-page.tsx";

/**
 * The incident's history as text to go on with, one line for each event, no longer than the field takes. Without who it
 * was: what is learned from it blames nobody.
 */
export function useStory(events: PostMortemData["events"]): string {
  const lang = useLang();
  const t = useMessages().incidents;
  const lines = events.map(({ at, kind, detail }) => {
    const said = kind === "RAISED" || kind === "LOWERED" ? t.rated[kind](Number(detail.severity)) : t.events[kind];
    const note = typeof detail.note === "string" ? (wordFor(t.tasks.notes, detail.note) ?? detail.note) : "";
    return `${formatWib(at, lang)} ${said}${note ? `: ${note}` : ""}`;
  });
  let story = "";
  for (const line of lines) {
    if (story.length + line.length + 1 > 5000) break;
    story += story ? `\n${line}` : line;
  }
  return story;
}
