import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { NotFound } from "#app/db/errors.server.ts";
import { env } from "#app/env.server.ts";
import { page } from "#app/http/page.server.ts";
import { letters } from "#app/privacy/breach.ts";
import { findBreach } from "#app/privacy/breach.server.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { PrintButton } from "#app/ui/print-button.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.privacy.breach.letters);

/** A letter about a leak, to the authority or to the people, in the language of the page. */
export async function loader(args: LoaderFunctionArgs) {
  const { ref = "", to: asked } = args.params;
  const to = letters.find((one) => one === asked);
  const { data } = await page(args, "staff", async (db) => {
    const breach = await findBreach(db, ref);
    if (!breach || !to) throw new NotFound();
    return { ...breach, to };
  });
  const { number, data: what, happened, measures, persons, knownAt } = data;
  const address = env.COMPANY_ADDRESS ?? null;
  return {
    to: data.to,
    number,
    what,
    happened,
    measures,
    persons,
    knownAt,
    address,
    hq: env.HQ_WHATSAPP,
    at: new Date(),
  };
}

export default function LetterPage() {
  const t = useMessages().privacy.breach;
  const lang = useLang();
  const { to, number, what, happened, measures, persons, knownAt, address, hq, at } = useLoaderData<typeof loader>();
  const letter = t.pages[to];
  return (
    <>
      <BackLink href={`/admin/incidents/${number}/breach`}>{t.back}</BackLink>
      <article className="narrow stack">
        <p>
          <strong>{t.sign}</strong>
          {address ? (
            <>
              <br />
              {address}
            </>
          ) : null}
        </p>
        <Facts
          facts={[
            { label: t.date, value: <Moment at={at} /> },
            { label: t.number, value: <span className="figures">{number}</span> },
          ]}
        />
        <p>{letter.to}</p>
        <h1>{letter.subject}</h1>
        <p>{letter.opening}</p>
        <h2>{t.data}</h2>
        <p className="words">{what}</p>
        <p>
          {t.persons}: {persons === null ? t.unknown : formatNumber(persons, lang)}
        </p>
        <h2>{t.happened}</h2>
        <p className="words">{happened}</p>
        <p>
          {t.known}: <Moment at={knownAt} />
        </p>
        <h2>{t.measures}</h2>
        <p className="words">{measures}</p>
        <p>{letter.closing}</p>
        <p>
          {t.contact}: <span className="figures">{`+${hq}`}</span>
        </p>
      </article>
      <p className="no-print">
        <PrintButton />
      </p>
    </>
  );
}
