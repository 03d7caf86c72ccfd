import type { AuditEvent } from "#app/models/audit.server.ts";
import type { AuditFilter } from "#app/models/audit.ts";
import { formatRupiah, formatWib } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Table } from "#app/ui/table.tsx";

type Props = { events: AuditEvent[]; address: (change: Partial<AuditFilter>) => string };

/** Who did what, for whom, from where. A code, an action and a request number lead to all of theirs. */
export function AuditTable({ events, address }: Props) {
  const t = useMessages().admin.audit;
  return (
    <Table
      caption={t.title}
      rows={events}
      rowKey={({ id }) => String(id)}
      columns={[
        { key: "at", label: t.at, head: true, cell: ({ at }) => <Moment at={at} /> },
        { key: "actor", label: t.actor, cell: ({ actorCode, actorName }) => (actorCode ? <><a href={address({ actor: actorCode })}>{actorCode}</a><br /><span className="quiet">{actorName}</span></> : t.guest) },
        { key: "action", label: t.action, cell: ({ action }) => <Action action={action} href={address({ action })} /> },
        { key: "subject", label: t.subject, cell: Subject },
        { key: "detail", label: t.detail, cell: (event) => <Detail event={event} address={address} /> },
      ]}
    />
  );
}

function Action({ action, href }: { action: string; href: string }) {
  const t = useMessages().admin.audit;
  return (
    <>
      <a href={href}>{t.actions[action] ?? action}</a><br /><span className="quiet break">{action}</span>
    </>
  );
}

function Subject({ entity, entityKey, storeName, storeCode }: AuditEvent) {
  const key = entity === "order" && entityKey ? <a className="figures" href={`/admin/orders/${entityKey}`}>{entityKey}</a> : <span className="break">{entityKey ?? "–"}</span>;
  return (
    <>
      {key}
      {storeCode ? <><br /><span className="quiet">{storeName}<br />{storeCode}</span></> : null}
    </>
  );
}

function Detail({ event, address }: { event: AuditEvent } & Pick<Props, "address">) {
  const t = useMessages().admin.audit;
  const said = useDetail();
  // In an order of ours, since jsonb keeps none; "by salesman: no" is not worth a line.
  const rank = (key: string) => Object.keys(t.keys).indexOf(key) + 1 || 99;
  const facts = Object.entries(event.detail).filter(([key, value]) => value !== null && value !== "" && !(key === "shadow" && value === false)).sort(([a], [b]) => rank(a) - rank(b));
  return (
    <span className="stack stack--tight">
      {event.shadow ? <code className="break">{`[AUDIT_IMPERSONATION] Agent:${event.actorCode} acted_as Partner:${event.storeCode} action:${event.action}`}</code> : null}
      {facts.map(([key, value]) => (
        <span key={key}>
          <span className="quiet">{t.keys[key] ?? key}:</span> {said(key, value)}
        </span>
      ))}
      {event.ip ? <span className="quiet" title={event.userAgent ?? undefined}>{`IP ${event.ip}`}</span> : null}
      {event.requestId ? <a className="quiet break" href={address({ request: event.requestId })}>{event.requestId}</a> : null}
    </span>
  );
}

/** A value of the trail in words. */
function useDetail() {
  const t = useMessages();
  const lang = useLang();
  return (key: string, value: unknown): string => {
    if (typeof value === "boolean") return value ? t.admin.common.yes : t.admin.common.no;
    if (key === "total" && typeof value === "number") return formatRupiah(value);
    if (key === "until" && typeof value === "string") return formatWib(value, lang);
    if (key === "light") return t.credit[value as keyof typeof t.credit] ?? String(value);
    if (key === "reason" && typeof value === "string") return t.admin.audit.values[value] ?? value;
    if ((key === "from" || key === "to") && typeof value === "string") return t.orderStatus[value as keyof typeof t.orderStatus] ?? value;
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  };
}
