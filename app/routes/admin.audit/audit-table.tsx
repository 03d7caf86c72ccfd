import type { AuditEvent } from "#app/audit/audit.server.ts";
import type { AuditFilter } from "#app/audit/audit.ts";
import { orderNumber } from "#app/orders/order.ts";
import { formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { placeOf } from "#app/ui/places.ts";
import { Ref } from "#app/ui/ref-link.tsx";
import { Table } from "#app/ui/table.tsx";
import { EventDetail } from "./event-detail.tsx";
import { wordFor } from "#app/ui/word.ts";
import { ofEveryRoom } from "#app/words.ts";

type Props = { events: AuditEvent[]; address: (change: Partial<AuditFilter>) => string };

/**
 * Who did what, to whom, from where, what it was before and after. A code, an action, an object and a request number
 * lead to all of theirs.
 */
export function AuditTable({ events, address }: Props) {
  const t = useMessages().audit;
  return (
    <Table
      caption={t.title}
      rows={events}
      rowKey={({ id }) => String(id)}
      columns={[
        { key: "at", label: t.at, head: true, cell: When },
        {
          key: "actor",
          label: t.actor,
          cell: ({ actorCode, actorName }) => <Actor code={actorCode} name={actorName} address={address} />,
        },
        { key: "action", label: t.action, cell: ({ action }) => <Action action={action} href={address({ action })} /> },
        { key: "subject", label: t.subject, cell: (event) => <Subject event={event} address={address} /> },
        { key: "detail", label: t.detail, cell: (event) => <EventDetail event={event} address={address} /> },
      ]}
    />
  );
}

function When({ at, seq }: AuditEvent) {
  const lang = useLang();
  const t = useMessages().audit;
  return (
    <>
      <Moment at={at} />
      <br />
      <span className="quiet">{seq === null ? t.notSealed : t.place(formatNumber(seq, lang))}</span>
    </>
  );
}

function Actor({ code, name, address }: { code: string | null; name: string | null } & Pick<Props, "address">) {
  const t = useMessages();
  if (!code) return t.audit.guest;
  if (!name) return t.audit.system; // The worker or the owner of the tables: no account.
  return (
    <>
      <a href={address({ actor: code })}>{code}</a>
      <br />
      <span className="quiet">
        <Name code={code} name={name} />
      </span>
    </>
  );
}

function Action({ action, href }: { action: string; href: string }) {
  const t = useMessages();
  return (
    <>
      <a href={href}>{wordFor(ofEveryRoom(t, "trail"), action) ?? action}</a>
      <br />
      <span className="quiet break">{action}</span>
    </>
  );
}

/** A code leads to the acts of its own; the name beside it to its page. */
function Name({ code, name }: { code: string; name: string }) {
  const place = placeOf(code);
  return place ? <a href={place}>{name}</a> : name;
}

function Subject({ event, address }: { event: AuditEvent } & Pick<Props, "address">) {
  const { entityKey, targetCode, targetName, storeName, storeCode } = event;
  const key =
    entityKey && placeOf(entityKey) ? <Ref code={entityKey} /> : <span className="break">{entityKey ?? "–"}</span>;
  const code = targetCode ?? storeCode;
  const name = targetCode ? targetName : storeName;
  return (
    <>
      {key}
      {code && code !== entityKey ? (
        <>
          <br />
          <span className="quiet">
            {name ? <Name code={code} name={name} /> : null}
            {name ? <br /> : null}
            {orderNumber.test(code) ? <Ref code={code} /> : <a href={address({ target: code })}>{code}</a>}
          </span>
        </>
      ) : null}
      {name && code === entityKey ? (
        <>
          <br />
          <span className="quiet">{name}</span>
        </>
      ) : null}
    </>
  );
}
