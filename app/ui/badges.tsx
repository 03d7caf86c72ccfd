import type { Messages } from "#app/words.ts";
import { useMessages } from "./language.tsx";

export type StockLevel = keyof Messages["catalogue"]["stock"];
export type CreditState = keyof Messages["credit"]["lights"];
export type AlertDelivery = keyof Messages["alerts"]["delivery"];
type Tone = "good" | "warn" | "bad" | "plain" | "accent";

/** What the shop may know of the stock: never a figure. */
export function StockBadge({ level }: { level: StockLevel }) {
  const tone = { HIGH: "good", LOW: "warn", ZERO: "plain" } as const;
  return <Badge tone={tone[level]}>{useMessages().catalogue.stock[level]}</Badge>;
}

/** The credit light: a dot and a word, so that colour is never the only sign. */
export function CreditLight({ state }: { state: CreditState }) {
  return <State tone={state === "GREEN" ? "good" : "warn"}>{useMessages().credit.lights[state]}</State>;
}

/** What was decided about an order's credit where it was not enough, by a person. */
export function CreditDecided({ outcome }: { outcome: keyof Messages["credit"]["decided"] }) {
  return <State tone={outcome === "APPROVED" ? "good" : "bad"}>{useMessages().credit.decided[outcome]}</State>;
}

export function OrderStatusBadge({ status }: { status: keyof Messages["orders"]["statuses"] }) {
  return <Badge tone={orderTone[status]}>{useMessages().orders.statuses[status]}</Badge>;
}

/** The order stands still for now; shown while it could still go on. */
export function HeldBadge({ held, ended }: { held: boolean; ended: boolean }) {
  const t = useMessages();
  return held && !ended ? <Badge tone="bad">{t.orders.held.badge}</Badge> : null;
}

type SyncProps = { status: keyof Messages["orders"]["syncStatuses"]; ended: boolean };

/**
 * Whether the ERP has the order. That one which has ended is not there is no failure: it need not get there any more.
 */
export function SyncStatusBadge({ status, ended }: SyncProps) {
  const t = useMessages();
  if (status === "FAILED" && ended) return <Badge tone="plain">{t.orders.syncEnded}</Badge>;
  const tone = { PENDING_SYNC: "warn", SYNCED: "good", FAILED: "bad" } as const;
  return <State tone={tone[status]}>{t.orders.syncStatuses[status]}</State>;
}

export function TierBadge({ tier, short = false }: { tier: keyof Messages["accounts"]["tiers"]; short?: boolean }) {
  const t = useMessages();
  return <Badge tone="accent">{short ? t.accounts.tiersShort[tier] : t.accounts.tiers[tier]}</Badge>;
}

/** How far the message to the store's owner has come; `short` where what is to be done is said elsewhere. */
export function AlertState({ state, short = false }: { state: AlertDelivery; short?: boolean }) {
  const t = useMessages();
  const tone = { PENDING: "warn", SENDING: "warn", SENT: "good", FAILED: "bad", BOUNCED: "bad" } as const;
  return (
    <State tone={tone[state]}>{short && state !== "SENDING" ? t.alerts.states[state] : t.alerts.delivery[state]}</State>
  );
}

/** A short state in a quiet box. */
export function Badge({ tone, children }: { tone: Tone; children: string }) {
  return <span className={`badge badge--${tone}`}>{children}</span>;
}

/** A state as a dot and a word. The dots differ in form too: full, half, crossed. */
export function State({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={`state state--${tone}`}>
      <svg className="state__dot" viewBox="0 0 12 12" aria-hidden="true">
        <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" strokeWidth="2" />
        {tone === "good" ? <circle cx="6" cy="6" r="5" fill="currentColor" /> : null}
        {tone === "warn" ? <path d="M6 1a5 5 0 0 1 0 10z" fill="currentColor" /> : null}
        {tone === "bad" ? <path d="M3.6 3.6l4.8 4.8M8.4 3.6L3.6 8.4" stroke="currentColor" strokeWidth="1.6" /> : null}
      </svg>
      {children}
    </span>
  );
}

const orderTone: Record<keyof Messages["orders"]["statuses"], Tone> = {
  SUBMITTED: "warn",
  PROCESSING: "accent",
  APPROVED: "accent",
  SHIPPED: "accent",
  COMPLETED: "good",
  REJECTED: "bad",
  CANCELLED: "plain",
};
