import type { SerializeFrom } from "@remix-run/node";
import type { listPlaybooksOf } from "#app/playbooks/playbook.server.ts";
import { runPlace } from "#app/playbooks/playbook.ts";
import { useMessages } from "#app/ui/language.tsx";
import type { IncidentData } from "./incident-page.tsx";
import { Way } from "./way.tsx";

type Offers = SerializeFrom<Awaited<ReturnType<typeof listPlaybooksOf>>>;
type Props = Pick<IncidentData, "incident" | "mayWrite"> & { offers: Offers };

/** The playbooks of its cause: begun here with one press, gone on with where one is under way. */
export function PlaybookOffers({ offers, incident, mayWrite }: Props) {
  const { playbooks: t } = useMessages();
  if (offers.length === 0) return null;
  return (
    <section className="card card--padded stack" aria-labelledby="playbook">
      <h2 id="playbook">{t.offers.title}</h2>
      <ul className="stack">
        {offers.map(({ slug, letter, run, ended, done, steps }) => (
          <li key={slug} className="stack stack--tight">
            <a href={`/admin/playbooks/${slug}`}>{t.one(letter, t.books[slug].title)}</a>
            {run !== null && !ended ? (
              <p>
                <Way incident={incident} mayWrite={mayWrite} kind="quiet" href={runPlace(slug, run)}>
                  {t.offers.goOn(done, steps)}
                </Way>
              </p>
            ) : (
              <>
                {run !== null ? (
                  <p>
                    <a href={runPlace(slug, run)}>{t.offers.was(done, steps)}</a>
                  </p>
                ) : null}
                {mayWrite && incident.state !== "CLOSED" ? (
                  <p className="no-print">
                    {/* Of the page's one form: what was filled in there is saved on the way. */}
                    <button
                      type="submit"
                      form="tangani"
                      formAction={`/admin/incidents/${incident.ref}/playbook`}
                      name="playbook"
                      value={slug}
                      className="button button--quiet"
                      aria-label={t.offers.startOf(t.books[slug].title)}
                    >
                      {t.offers.start}
                    </button>
                  </p>
                ) : null}
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
