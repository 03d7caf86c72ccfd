import type { SerializeFrom } from "@remix-run/node";
import type { ReviewMonth } from "#app/reviews/review.server.ts";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";

/** Since when it stands as it is, by when it is due, and how far its signing is. */
export function ReviewFacts({ review }: { review: SerializeFrom<ReviewMonth> }) {
  const words = useMessages().reviews;
  return (
    <section className="card card--padded">
      <Facts
        facts={[
          { label: words.madeAt, value: <Moment at={review.madeAt} /> },
          { label: words.dueAt, value: <Moment at={review.dueAt} /> },
          { label: words.signedColumn, value: words.signedOf(review.signed, review.salesmen) },
          ...(review.incident
            ? [
                {
                  label: words.incident,
                  value: <a href={`/admin/incidents/${review.incident}`}>{review.incident}</a>,
                },
              ]
            : []),
        ]}
      />
      <p className="quiet">{`${words.frozen} ${words.dueHint}`}</p>
    </section>
  );
}
