import { formatClock } from "./format.ts";
import { useLang, useMessages } from "./language.tsx";
import { GoOn, thenField, useSavedForm } from "./page-form.tsx";
import { PostForm } from "./post-form.tsx";

type ActingProps = { storeName: string; minutesLeft: number; until: string; path: string };

/** In whose name one works, how long, the way to another store and the way out, which leads back to this page. */
export function ActingBar({ storeName, minutesLeft, until, path }: ActingProps) {
  const t = useMessages();
  const form = useSavedForm();
  const end = form ? { form, name: thenField, value: "/acting/end", formNoValidate: true } : {};
  const clock = formatClock(until, useLang());
  const left = minutesLeft < 1 ? t.ui.banners.actingLastMinute(clock) : t.ui.banners.actingLeft(minutesLeft, clock);
  return (
    <section className="acting" aria-label={t.ui.banners.actingAs(storeName)}>
      <PostForm className="wrap" action="/acting/end">
        <p>
          <strong>{t.ui.banners.actingAs(storeName)}</strong>
          <span className="acting__left">{` · ${left}`}</span>
          <span className="hidden"> · </span>
        </p>
        <span className="acting__ways">
          <button type="submit" className="button button--on-plum" {...end}>
            {t.ui.banners.actingEnd}
          </button>
          <span className="hidden"> · </span>
          <GoOn href="/clients">{t.ui.banners.actingSwitch}</GoOn>
        </span>
        <input type="hidden" name="next" value={path} />
      </PostForm>
    </section>
  );
}
