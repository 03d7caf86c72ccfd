import { backward } from "./back.ts";
import { useHere } from "./here.tsx";
import { Icon } from "./icons.tsx";

/** The way back to the list that a page came from: with its filters and its page, where it was opened out of it. */
export function BackLink({ href, children }: { href: string; children: string }) {
  const here = useHere();
  return (
    <p className="back-line">
      <a className="back" href={backward(href, here)}>
        <Icon name="chevron" />
        {children}
      </a>
    </p>
  );
}

/** The same beside something typed: a button of its form, which keeps it. */
export function BackButton({
  form,
  name,
  value,
  children,
}: {
  form: string;
  name: string;
  value: string;
  children: string;
}) {
  return (
    <p className="back-line">
      <button type="submit" className="as-link back" form={form} name={name} value={value}>
        <Icon name="chevron" />
        {children}
      </button>
    </p>
  );
}
