import type { ReactNode } from "react";
import { ButtonLink } from "./button-link.tsx";
import { useHere } from "./here.tsx";
import { useMessages } from "./language.tsx";

/** A list in which rows can be ticked: it only looks, on a page that leads back to this list as it is. */
export function PickForm({ action, children }: { action: string; children: ReactNode }) {
  const here = useHere();
  return (
    <form className="stack" method="get" action={action}>
      {here ? <input type="hidden" name="back" value={here} /> : null}
      {children}
    </form>
  );
}

type Way = { label: string; href: string };

/**
 * What can be done with what is ticked, or with `all` of the page; it stays in sight, in one row. `others`: what else,
 * which a phone folds away together with `all`.
 */
export function PickBar({ review, all, others }: { review: string; all: Way; others?: ReactNode }) {
  const t = useMessages().ui.actions;
  const whole = (
    <ButtonLink kind="link" href={all.href}>
      {all.label}
    </ButtonLink>
  );
  return (
    <div className="pick-bar no-print">
      <button type="submit" className="button button--main">
        {review}
      </button>
      {others ? (
        <details className="pick-more">
          <summary className="button button--quiet">
            {t.more} <span className="hidden">{t.moreHere}</span>
          </summary>
          <div className="pick-more__menu">
            {whole}
            {others}
          </div>
        </details>
      ) : (
        whole
      )}
    </div>
  );
}
