import type { ReconcileRow } from "#app/reconcile/reconcile.ts";
import { OrderStatusBadge } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Linked, Ref, RefLink } from "#app/ui/ref-link.tsx";
import { Way } from "#app/ui/way.tsx";
import { Result } from "#app/reconcile/result.tsx";
import { Sides } from "#app/reconcile/sides.tsx";
import { TellLink } from "#app/reconcile/tell-store.tsx";

type Row = Omit<ReconcileRow, "placedAt" | "checkedAt" | "resolvedAt"> & {
  placedAt: Date | string;
  checkedAt: Date | string;
  resolvedAt: Date | string | null;
};

/**
 * A compared order in the list: who, what came out, and the three sides. `pick`: it can be ticked, for a decision
 * about several. `mayDecide`: by this reader, and not only looked at.
 */
export function ReconcileCard({ row, pick, mayDecide }: { row: Row; pick: boolean; mayDecide: boolean }) {
  const t = useMessages().reconcile;
  const { number, storeName, storeCode, result, resolution, status, checked } = row;
  return (
    <article className="card card--padded" aria-labelledby={`row-${number}`}>
      <div className="page-head">
        <div>
          <h2 id={`row-${number}`}>
            <RefLink href={`/admin/reconcile/${number}`}>{number}</RefLink>{" "}
            <span className="reconcile__store">
              <Ref code={storeCode} name={storeName} />
            </span>
          </h2>
          <p className="row">
            <Result result={result} resolution={resolution} />
            <OrderStatusBadge status={status} />
          </p>
        </div>
        {pick ? (
          <div className="check">
            <input type="checkbox" id={`o-${number}`} name={`o-${number}`} value={checked} />
            <label htmlFor={`o-${number}`}>{t.pick(number)}</label>
          </div>
        ) : null}
      </div>
      <Sides row={row} />
      <Foot row={row} mayDecide={mayDecide} />
    </article>
  );
}

/** Who decided it or when it was compared, and the way to its page. */
function Foot({ row, mayDecide }: { row: Row; mayDecide: boolean }) {
  const t = useMessages().reconcile;
  const { number, result, resolution, degraded, checkedAt, resolvedAt, resolvedBy } = row;
  const settled = resolution !== null || result === "CONFIRMED";
  const way = settled || !mayDecide ? t.look : t.open;
  return (
    <div className="page-head">
      <p className="quiet">
        {resolvedAt ? (
          <>
            <Linked>{resolvedBy ?? ""}</Linked> · <Moment at={resolvedAt} />
          </>
        ) : (
          <>
            {t.checkedAt} <Moment at={checkedAt} ago />
          </>
        )}
        {degraded && !settled ? <>. {t.degraded}</> : null}
      </p>
      <div className="actions">
        {row.reachable ? <TellLink row={row} /> : null}
        <Way
          className={`button ${settled ? "button--small" : "button--quiet"}`}
          href={`/admin/reconcile/${number}`}
          aria-label={`${way}: ${number}`}
        >
          {way}
        </Way>
      </div>
    </div>
  );
}
