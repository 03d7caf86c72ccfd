import type { SerializeFrom } from "@remix-run/node";
import type { PrivacyCase } from "#app/privacy/privacy.server.ts";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { RefLink, Who } from "#app/ui/ref-link.tsx";

/** Who asks, since when, how it was found out who he is, what became of it. */
export function CaseFacts({ request }: { request: SerializeFrom<PrivacyCase> }) {
  const { privacy: t, leads } = useMessages();
  const { name, address, askedBy, askedAt, dueAt, provenHow, provenAt, provenBy, provenNote } = request;
  return (
    <Facts
      facts={[
        ...(name ? [{ label: t.by, value: <span className="break">{name}</span> }] : []),
        ...(address ? [{ label: t.ask.address, value: <span className="break">{address}</span> }] : []),
        { label: leads.erasures.askedBy, value: askedBy === "FORM" ? t.form : leads.erasures.ways[askedBy] },
        { label: leads.erasures.asked, value: <Moment at={askedAt} /> },
        { label: t.due, value: <Moment at={dueAt} /> },
        ...(provenHow && provenAt
          ? [
              {
                label: t.how,
                value: (
                  <>
                    {t.proofs[provenHow]} · <Moment at={provenAt} /> · <Who>{provenBy ?? ""}</Who>
                    {provenNote ? <span className="words">{` ${provenNote}`}</span> : null}
                  </>
                ),
              },
            ]
          : []),
        ...(request.doneAt
          ? [
              {
                label: t.outcome,
                value: (
                  <>
                    <Moment at={request.doneAt} /> · <Who>{request.doneBy ?? ""}</Who>
                  </>
                ),
              },
            ]
          : []),
        ...(request.leads.length > 0
          ? [
              {
                label: t.correctLead,
                value: (
                  <>
                    {request.leads.map((lead) => (
                      <RefLink key={lead} href={`/admin/leads/${lead}`}>
                        {lead}
                      </RefLink>
                    ))}
                  </>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
