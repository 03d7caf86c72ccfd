import { Linked, RefLink } from "./ref-link.tsx";

type Props = { title: string; rows: Array<{ number: string; href: string | null; why: string }> };

/** Which of several that were selected are left alone, by number, and why. */
export function LeftOutList({ title, rows }: Props) {
  if (rows.length === 0) return null;
  return (
    <section className="card card--padded">
      <h2>{title}</h2>
      <ul className="bullets">
        {rows.map(({ number, href, why }) => (
          <li key={number}>
            {href ? <RefLink href={href}>{number}</RefLink> : <span className="figures">{number}</span>}
            <Linked>{`: ${why}`}</Linked>
          </li>
        ))}
      </ul>
    </section>
  );
}
