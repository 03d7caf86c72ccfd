import { messages, type Lang } from "#app/words.ts";

/** «5 menit lalu», «5 menit lagi», to stand beside an absolute time, never alone. */
export function formatRelative(moment: Date | string, lang: Lang, now = new Date()): string {
  const words = messages(lang).ui.relative;
  const minutes = Math.floor((now.getTime() - new Date(moment).getTime()) / 60_000);
  const left = Math.floor((new Date(moment).getTime() - now.getTime()) / 60_000);
  if (left >= 1) return ahead(left, words);
  if (minutes < 1) return words.now;
  if (minutes < 60) return words.minutes(minutes);
  if (minutes < 48 * 60) return words.hours(Math.floor(minutes / 60));
  return words.days(Math.floor(minutes / 1440));
}

// As much as is surely left.
function ahead(minutes: number, { ahead }: ReturnType<typeof messages>["ui"]["relative"]): string {
  if (minutes < 60) return ahead.minutes(minutes);
  if (minutes < 48 * 60) return ahead.hours(Math.floor(minutes / 60));
  return ahead.days(Math.floor(minutes / 1440));
}
