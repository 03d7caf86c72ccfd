import type { ReactNode } from "react";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { Icon } from "#app/ui/icons.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { type About, buttonsOf, goTo, isOutside } from "./buttons.ts";
import { partsOf, type Slug, stepsOf } from "./playbook.ts";
import { bookOf } from "./book.ts";

type Props = {
  slug: Slug;
  about: About;
  /** Of a run: which are ticked. On paper an empty box is for a pen. */
  done?: ReadonlySet<string>;
  /** Of the form that it stands in: where what was typed is kept on the way to a step's page. */
  leave?: string;
  /** What else stands at a step. */
  children?: (step: string) => ReactNode;
};

/** The steps of a playbook in the company's order, part by part, each with the pages on which it is done. */
export function StepList({ slug, about, done, leave, children }: Props) {
  const { playbooks: t } = useMessages();
  const book = bookOf(t.books, slug);
  const numbers = stepsOf(slug);
  return partsOf(slug).map(({ part, steps }) => (
    <section key={part} className="stack" aria-labelledby={`bagian-${part}`}>
      <h2 id={`bagian-${part}`}>{book.part(part)}</h2>
      <ol className="playbook" start={numbers.indexOf(steps[0] ?? "") + 1}>
        {steps.map((step) => (
          <li key={step} id={step} className="playbook__step card card--padded" value={numbers.indexOf(step) + 1}>
            <span
              className={done?.has(step) ? "playbook__box playbook__box--done" : "playbook__box"}
              aria-hidden="true"
            >
              {done?.has(step) ? <Icon name="check" /> : null}
            </span>
            <div className="stack">
              <p className="playbook__text">
                <strong>{`${numbers.indexOf(step) + 1}. ${book.step(step).text}`}</strong>
              </p>
              {book.step(step).hint ? <p className="quiet">{book.step(step).hint}</p> : null}
              <Buttons slug={slug} step={step} about={about} leave={leave} />
              {children?.(step)}
              {done?.has(step) ? null : <p className="playbook__pen">{t.pen}</p>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  ));
}

function Buttons({ slug, step, about, leave }: Pick<Props, "slug" | "about" | "leave"> & { step: string }) {
  const { buttons: t } = useMessages().playbooks;
  const buttons = buttonsOf(slug, step, about);
  if (buttons.length === 0) return null;
  return (
    <p className="row no-print">
      {buttons.map(({ name, href }) =>
        leave && !isOutside(href) ? (
          <button
            key={name}
            type="submit"
            className="button button--quiet"
            formAction={leave}
            name="go"
            value={goTo(step, name)}
          >
            {t[name]}
          </button>
        ) : (
          <ButtonLink
            key={name}
            kind="quiet"
            href={href}
            {...(isOutside(href) ? { target: "_blank", rel: "noopener noreferrer" } : {})}
          >
            {t[name]}
          </ButtonLink>
        ),
      )}
    </p>
  );
}
