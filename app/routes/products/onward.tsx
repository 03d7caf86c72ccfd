import { ButtonLink } from "#app/ui/button-link.tsx";
import { thenField } from "#app/ui/page-form.tsx";

type Props = { to: string; priced: boolean; children: string };

/** To another list; where this one is a form (`priced`), with what was typed into it, which is kept. */
export const Onward = ({ to, priced, children }: Props) =>
  priced ? (
    <button type="submit" name={thenField} value={to} className="button button--link">
      {children}
    </button>
  ) : (
    <ButtonLink kind="link" href={to}>
      {children}
    </ButtonLink>
  );
