import type { Lang, Messages } from "#app/words.ts";
import type { Place, PlaceSource, Why } from "#app/cases/geo.ts";
import { formatNumber } from "#app/ui/format.ts";

const whole = (value: number, lang: Lang) => formatNumber(Math.round(value), lang);

/** What decided a verdict, with the figures that it was decided by. */
export function sayWhy(t: Messages["cases"], { because, nowhere, store, travel }: Why, lang: Lang): string {
  if (because === "TOO_FAST" && travel)
    return t.because.tooFast({
      order: travel.order,
      least: whole(travel.leastKm, lang),
      minutes: whole(travel.minutes, lang),
      kmh: whole(travel.kmh, lang),
    });
  if (because === "AT_STORE" && store) return t.because.atStore(whole(store.radiusKm, lang));
  if (because === "AWAY_FROM_STORE" && store)
    return t.because.away(whole(store.leastKm, lang), whole(store.radiusKm, lang));
  return because === "NO_STORE_PLACE" ? t.because.noStorePlace : t.because.nowhere[nowhere ?? "NO_ADDRESS"];
}

/** «Surabaya, East Java», with the country's code where it is another one. */
export const sayPlace = ({ city, region, country }: Place): string =>
  [city, region === city ? "" : region, country === "ID" ? "" : country].filter(Boolean).join(", ");

export const sayKm = (t: Messages["cases"], value: number, lang: Lang) => t.km(whole(value, lang));

/** The databases that the places of a page were read from, each once. */
export function sourcesOf(orders: Array<{ why: Why | null }>): PlaceSource[] {
  const found = new Map(
    orders.flatMap(({ why }) => (why?.source ? [[`${why.source.name} ${why.source.built}`, why.source]] : [])),
  );
  return [...found.values()];
}
