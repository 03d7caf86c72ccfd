type Props = { title: string; lead?: string; sections: string[][] };

/** A page to read: headings, each with what is to say about it. */
export function Sections({ title, lead, sections }: Props) {
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
    </article>
  );
}
