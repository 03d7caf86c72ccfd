import type { SerializeFrom } from "@remix-run/node";
import type { LeadRow } from "#app/leads/lead.server.ts";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";

/** When it came, and until when somebody had to answer. */
export function LeadFacts({ lead: { receivedAt, dueAt, answeredAt } }: { lead: SerializeFrom<LeadRow> }) {
  const t = useMessages().leads;
  const facts = [
    { label: t.receivedAt, value: <Moment at={receivedAt} ago /> },
    ...(dueAt ? [{ label: t.due, value: <Moment at={dueAt} /> }] : []),
    ...(answeredAt ? [{ label: t.answered, value: <Moment at={answeredAt} /> }] : []),
  ];
  return <Facts facts={facts} />;
}
