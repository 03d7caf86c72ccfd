import type { ChainState } from "#app/audit/audit.server.ts";
import { shownCount } from "#app/ui/list.ts";
import { State } from "#app/ui/badges.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";

/** Up to where the trail is sealed and signed, and what the last check of all of it saw. */
export function ChainCard({ chain: { seal, signed, waiting, check } }: { chain: ChainState }) {
  const lang = useLang();
  const t = useMessages().audit;
  const found = check.findings > 0 ? "broken" : check.at ? "whole" : "unchecked";
  return (
    <section className="card card--padded">
      <div className="page-head">
        <h2>{t.chain}</h2>
        <State tone={({ broken: "bad", whole: "good", unchecked: "warn" } as const)[found]}>{t[found]}</State>
      </div>
      <Facts
        facts={[
          {
            label: t.sealed,
            value: seal ? (
              <>
                {t.place(formatNumber(seal.seq, lang))}, <Moment at={seal.at} ago />
              </>
            ) : (
              t.never
            ),
          },
          {
            label: t.signed,
            value: signed ? (
              <>
                {t.batch(formatNumber(signed.batch, lang), signed.keyId)}, <Moment at={signed.at} ago />
              </>
            ) : (
              t.never
            ),
          },
          { label: t.waiting, value: shownCount(waiting, lang) },
          {
            label: t.checked,
            value: check.at ? (
              <>
                {t.upTo(formatNumber(check.seq, lang), check.findings)}, <Moment at={check.at} ago />
                {check.running ? ` ${t.running}` : null}
              </>
            ) : check.running ? (
              t.running
            ) : (
              t.never
            ),
          },
        ]}
      />
      {seal ? (
        <p className="quiet break">
          {t.head}: <code>{seal.head}</code>
        </p>
      ) : null}
    </section>
  );
}
