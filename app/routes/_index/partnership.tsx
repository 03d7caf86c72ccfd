import { ButtonLink } from "#app/ui/button-link.tsx";
import { useMessages } from "#app/ui/language.tsx";

/** How one becomes a partner, in three steps with a drawing each. */
export function Partnership() {
  const t = useMessages().company.home;
  return (
    <section className="card card--padded">
      <h2>{t.forWhom}</h2>
      <ol className="steps">
        {t.steps.map(([head, text], at) => (
          <li key={head}>
            <svg viewBox="0 0 48 48" aria-hidden="true" className="steps__drawing">
              {drawings[at]}
            </svg>
            <h3>{head}</h3>
            <p className="quiet">{text}</p>
          </li>
        ))}
      </ol>
      <p>
        <ButtonLink href="/mitra">{t.become}</ButtonLink>
      </p>
    </section>
  );
}

// A sheet, a key, a phone: lines of one weight, as the wordmark has them.
const drawings = [
  <path key="sheet" d="M13 6h15l8 8v28H13zM28 6v8h8M19 22h11M19 29h11M19 36h7" />,
  <path key="key" d="M30 18a9 9 0 1 0-4 7.500l3 3h4v4h4v4h5v-5L29.500 19M18 16.500a2 2 0 1 0 .1.100" />,
  <path
    key="phone"
    d="M15 5h18a3 3 0 0 1 3 3v32a3 3 0 0 1-3 3H15a3 3 0 0 1-3-3V8a3 3 0 0 1 3-3zM21 10h6M18 27l4 4 8-9"
  />,
];
