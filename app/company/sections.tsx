import type { ReactNode } from "react";

type Props = { title: string; lead?: string; sections: string[][]; children?: ReactNode };

/** A page to read: headings, each with what is to say about it; at its end, where it leads. */
export function Sections({ title, lead, sections, children }: Props) {
  return (
    <article className="prose">
      <h1>{title}</h1>
      {lead ? <p className="lead">{lead}</p> : null}
      {sections.map(([heading, ...paragraphs]) => (
        <section key={heading} className="stack stack--tight">
          <h2>{heading}</h2>
          {paragraphs.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </section>
      ))}
      {children ? <p className="actions">{children}</p> : null}
    </article>
  );
}
