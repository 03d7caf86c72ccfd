import type { SerializeFrom } from "@remix-run/node";
import { hasEnded } from "#app/orders/order.ts";
import type { Approval } from "#app/approvals/approval.server.ts";
import { Badge, HeldBadge, TierBadge } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { PickBox } from "#app/ui/pick-box.tsx";
import { Way } from "#app/ui/way.tsx";
import { FiguresTable } from "#app/approvals/figures-table.tsx";
import { Suggestion } from "#app/approvals/suggestion.tsx";
import { Ref } from "#app/ui/ref-link.tsx";

type Props = { approval: SerializeFrom<Approval>; readAt: string | Date; mayDecide: boolean };

/** One order that waits: whose, worth what, since when, what the figures said and what they say now. */
export function ApprovalCard({ approval, readAt, mayDecide }: Props) {
  const { approvals: t, orders } = useMessages();
  const { number, storeName, storeCode, tier, total, placedAt, shadow, held, status, credit, now } = approval;
  return (
    <li className="card approval">
      {mayDecide && !held ? <PickBox value={number} label={t.pick(number)} /> : <span />}
      <div className="approval__body">
        <div className="approval__head">
          <h2>
            <Way
              className="figures"
              href={`/admin/approvals/${number}`}
              aria-label={mayDecide ? t.openOf(number) : t.lookOf(number)}
            >
              {number}
            </Way>
          </h2>
          <strong className="approval__total">
            <Money amount={total} />
          </strong>
        </div>
        <p>
          <Ref code={storeCode} name={storeName} />
        </p>
        <p className="row">
          <TierBadge tier={tier} />
          <Badge tone="warn">{t.reasons[credit.reason]}</Badge>
          {shadow ? <Badge tone="accent">{orders.placedBySalesmanBadge}</Badge> : null}
          <HeldBadge held={held} ended={hasEnded(status)} />
        </p>
        <p className="quiet">
          {t.since} <Moment at={placedAt} ago /> ·{" "}
          {shadow ? <Ref code={approval.placedByCode} name={approval.placedBy} /> : t.byStore}
        </p>
        {now ? <Suggestion now={now} /> : null}
      </div>
      {now ? (
        <div className="approval__figures">
          <FiguresTable
            number={number}
            moments={[
              { label: t.then, at: placedAt, figures: credit },
              { label: t.now, at: readAt, figures: now },
            ]}
          />
        </div>
      ) : null}
    </li>
  );
}
