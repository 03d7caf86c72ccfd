import type { RotaLine } from "./duty.server.ts";
import type { Post } from "./incident.ts";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";

type Props = { label?: string; posts: Post[]; rota: RotaLine[]; onDuty: boolean };

/** Who has each post today, and where he is reached at once. */
export function Today({ label, posts, rota, onDuty }: Props) {
  const t = useMessages().incidents;
  return (
    <section className="card card--padded stack stack--tight" aria-labelledby="hari-ini">
      <h2 id="hari-ini">{label ?? t.duty.today}</h2>
      <Facts
        facts={posts.map((post) => {
          const people = rota.filter((line) => line.post === post && line.now);
          return {
            label: t.posts[post],
            value:
              people.length > 0 ? (
                <ul>
                  {people.map(({ id, name, phone }) => (
                    <li key={id}>
                      {name} {phone ? <a href={`tel:+${phone}`}>{`+${phone}`}</a> : null}
                    </li>
                  ))}
                </ul>
              ) : (
                <span className="quiet">{t.duty.nobody}</span>
              ),
          };
        })}
      />
      {onDuty ? <p className="quiet">{t.duty.fallback}</p> : null}
    </section>
  );
}
