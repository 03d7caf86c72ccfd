import { State } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { NumberedTable } from "#app/ui/numbered-table.tsx";
import type { LeadState } from "./lead.ts";
import type { LeadRow } from "./lead.server.ts";

type Row = Pick<LeadRow, "number" | "state" | "late" | "restricted" | "business_name" | "contact_name" | "city"> & {
  receivedAt: Date | string;
  dueAt: Date | string | null;
};

/** Leads: who, where from, how far they are and until when somebody has to answer. */
export function LeadTable({ caption, leads }: { caption: string; leads: Row[] }) {
  const t = useMessages().leads;
  return (
    <NumberedTable
      caption={caption}
      rows={leads}
      number={{ label: t.number, to: ({ number }) => `/admin/leads/${number}` }}
      columns={[
        {
          key: "business",
          label: t.form.business_name,
          cell: ({ business_name, contact_name }) =>
            business_name ? (
              <>
                {business_name}
                <span className="sub">{contact_name}</span>
              </>
            ) : (
              "–"
            ),
        },
        { key: "city", label: t.form.city, cell: ({ city }) => city ?? "–" },
        { key: "received", label: t.receivedAt, cell: ({ receivedAt }) => <Moment at={receivedAt} ago /> },
        { key: "state", label: t.state, cell: (lead) => <LeadStateMark {...lead} /> },
        {
          key: "due",
          label: t.due,
          cell: ({ state, dueAt, restricted }) =>
            state === "NEW" && !restricted && dueAt ? <Moment at={dueAt} /> : "–",
        },
      ]}
    />
  );
}

/** How far it is; one that nobody answered in time says so. */
export function LeadStateMark({ state, late, restricted }: { state: LeadState; late: boolean; restricted: boolean }) {
  const { leads: t, privacy } = useMessages();
  if (restricted && state !== "ERASED") return <State tone="warn">{privacy.restricted}</State>;
  const tone = state === "NEW" ? (late ? "bad" : "warn") : state === "ERASED" || state === "CLOSED" ? "plain" : "good";
  return <State tone={tone}>{late ? `${t.states[state]} · ${t.late}` : t.states[state]}</State>;
}
