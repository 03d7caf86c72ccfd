import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Linked, Ref } from "#app/ui/ref-link.tsx";
import type { PostMortemData } from "./post-mortem-page.tsx";

/** What was written, as a document. */
export function Written({ review }: { review: NonNullable<PostMortemData["review"]> }) {
  const { incidents, ui } = useMessages();
  const t = incidents.postMortems;
  const { beganAt, endedAt } = review;
  const facts: Parameters<typeof Facts>[0]["facts"] = [
    { label: t.beganAt, value: beganAt ? <Moment at={beganAt} /> : t.empty },
    { label: t.endedAt, value: endedAt ? <Moment at={endedAt} /> : t.empty },
    { label: t.services, value: <Linked>{review.services || t.empty}</Linked> },
    { label: t.people, value: <Linked>{review.people || t.empty}</Linked> },
    { label: t.slaBreached, value: review.slaBreached ? ui.yes : ui.no },
    { label: t.writtenBy, value: <Ref code={review.writtenBy} /> },
  ];
  if (review.submittedBy) facts.push({ label: t.submittedBy, value: <Ref code={review.submittedBy} /> });
  if (review.approvedBy && review.approvedAt)
    facts.push({
      label: t.approvedBy,
      value: (
        <>
          <Ref code={review.approvedBy} /> · <Moment at={review.approvedAt} />
        </>
      ),
    });
  return (
    <article className="card card--padded stack">
      <Part title={t.summary} text={review.summary} />
      <section>
        <h2>{t.impact}</h2>
        <Facts facts={facts} />
      </section>
      <Part title={t.timeline} text={review.timeline} />
      {review.whys.length > 0 ? (
        <section>
          <h2>{t.whys}</h2>
          <ol className="steps">
            {review.whys.map((why, index) => (
              <li key={`${index}${why}`} className="break">
                <Linked>{why}</Linked>
              </li>
            ))}
          </ol>
        </section>
      ) : null}
      <Part title={t.rootCause} text={review.rootCause} />
      <Part title={t.wentWell} text={review.wentWell} />
      <Part title={t.wentWrong} text={review.wentWrong} />
      <Part title={t.lucky} text={review.lucky} />
    </article>
  );
}

function Part({ title, text }: { title: string; text: string }) {
  const t = useMessages().incidents.postMortems;
  return (
    <section>
      <h2>{title}</h2>
      {text ? (
        <p className="words">
          <Linked>{text}</Linked>
        </p>
      ) : (
        <p className="quiet">{t.empty}</p>
      )}
    </section>
  );
}
