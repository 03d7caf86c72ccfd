import { messages, type Lang } from "#app/words.ts";

/** «5 menit lalu», to stand beside an absolute time, never alone. */
export function formatRelative(moment: Date | string, lang: Lang, now = new Date()): string {
  const words = messages(lang).ui.relative;
  const minutes = Math.floor((now.getTime() - new Date(moment).getTime()) / 60_000);
  if (minutes < 1) return words.now;
  if (minutes < 60) return words.minutes(minutes);
  if (minutes < 48 * 60) return words.hours(Math.floor(minutes / 60));
  return words.days(Math.floor(minutes / 1440));
}
