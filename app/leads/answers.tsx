import type { ReactNode } from "react";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { answers } from "./lead.ts";
import type { LeadRow } from "./lead.server.ts";

/** All that somebody told with the form; what he left out is not there. */
export function LeadAnswers({ lead }: { lead: Pick<LeadRow, (typeof answers)[number]> }) {
  const t = useMessages().leads;
  const said = (name: (typeof answers)[number]): ReactNode => {
    const value = lead[name];
    if (name === "salon_type" && lead.salon_type) return t.salonTypes[lead.salon_type];
    if (name === "monthly_spend_range" && lead.monthly_spend_range) return t.spendRanges[lead.monthly_spend_range];
    if (name === "phone_whatsapp") return <span className="figures">+{value}</span>;
    if (name === "email") return <a href={`mailto:${value}`}>{value}</a>;
    return <span className="break">{value}</span>;
  };
  const given = answers.filter((name) => lead[name] !== null);
  return <Facts facts={given.map((name) => ({ label: t.form[name], value: said(name) }))} />;
}
