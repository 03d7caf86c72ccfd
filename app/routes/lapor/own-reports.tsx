import type { OwnReport } from "#app/incidents/report.server.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";

/** What its reader has sent, newest first, with the answers. */
export function OwnReports({ own }: { own: OwnReport[] }) {
  const t = useMessages().incidents.reports;
  return (
    <section className="stack" aria-labelledby="own">
      <h2 id="own">{t.own}</h2>
      {own.length === 0 ? <p className="quiet">{t.none}</p> : null}
      {own.map(({ ref, kind, words, sentAt, order, answers }) => (
        <article key={ref} className="card card--padded stack stack--tight">
          <h3 className="figures">{ref}</h3>
          <p className="quiet">
            {t.kinds[kind]} · <Moment at={sentAt} />
            {order ? (
              <>
                {" · "}
                <a href={`/orders/${order}`}>{order}</a>
              </>
            ) : null}
          </p>
          <p className="words">{words}</p>
          {answers.length === 0 ? <p className="quiet">{t.waits}</p> : null}
          {answers.map((answer) => (
            <div key={answer.at}>
              <p className="quiet">
                {t.answer} · <Moment at={new Date(answer.at)} />
              </p>
              <p className="words">{answer.words}</p>
            </div>
          ))}
        </article>
      ))}
    </section>
  );
}
