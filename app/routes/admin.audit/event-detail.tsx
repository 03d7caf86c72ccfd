import type { AuditEvent } from "#app/audit/audit.server.ts";
import type { AuditFilter } from "#app/audit/audit.ts";
import { useMessages } from "#app/ui/language.tsx";
import { nameOf, useDetail } from "./detail.ts";
import { Linked } from "#app/ui/ref-link.tsx";

type Props = { event: AuditEvent; address: (change: Partial<AuditFilter>) => string };

/** What an act changed, what else is known of it, and where its request came from. */
export function EventDetail({ event, address }: Props) {
  const t = useMessages();
  const { said, facts, changes } = useDetail();
  const name = (key: string) => nameOf(t, key);
  return (
    <span className="stack stack--tight">
      {event.shadow ? (
        <code className="break">
          <Linked>
            {`[AUDIT_IMPERSONATION] Agent:${event.actorCode} acted_as Partner:${event.storeCode} ` +
              `action:${event.action}`}
          </Linked>
        </code>
      ) : null}
      {changes(event).map(({ key, from, to }) => (
        <span key={key}>
          <span className="quiet">{name(key)}:</span>{" "}
          <Linked skus={skusIn([event.before, event.after])}>{`${from} → ${to}`}</Linked>
        </span>
      ))}
      {facts(event).map(([key, value]) => (
        <span key={key} className="break">
          <span className="quiet">{name(key)}:</span>{" "}
          <Linked skus={skusIn({ [key]: value })}>{said(key, value)}</Linked>
        </span>
      ))}
      {event.ip ? <span className="quiet" title={event.userAgent ?? undefined}>{`IP ${event.ip}`}</span> : null}
      {event.requestId ? (
        <a className="quiet break" href={address({ request: event.requestId })}>
          {event.requestId}
        </a>
      ) : null}
    </span>
  );
}

/** The articles that a row names, however deep. */
const skusIn = (value: unknown) => [...JSON.stringify(value).matchAll(/"sku":"([A-Z0-9-]+)"/g)].map(([, sku]) => sku!);
