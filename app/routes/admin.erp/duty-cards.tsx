import type { SerializeFrom } from "@remix-run/node";
import type { Checkpoint, StockCheck, Watch } from "#app/erp/duty.server.ts";
import { weeksOf } from "#app/erp/duty.ts";
import { Badge } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { useFigures } from "#app/erp/figures.ts";
import { StockVerdict } from "#app/erp/stock-verdict.tsx";
import { Week } from "#app/ui/week.tsx";
import { Linked } from "#app/ui/ref-link.tsx";

/** The newest comparison of stock, in one figure. */
export function StockCard({ check, now }: { check: SerializeFrom<StockCheck> | null; now: Date | string }) {
  const t = useMessages().erp.stock;
  const { percent } = useFigures();
  return (
    <section className="card card--padded" aria-labelledby="stock-check">
      <div className="page-head">
        <h2 id="stock-check">{t.title}</h2>
        {check ? <StockVerdict level={check.level} /> : null}
      </div>
      {check ? (
        <p>
          {t.difference} <strong>{percent(check.percent)}</strong> · <Moment at={check.at} ago now={now} />
        </p>
      ) : (
        <p className="quiet">{t.never}</p>
      )}
      <p>
        <a href="/admin/erp/stock">{t.open}</a>
      </p>
    </section>
  );
}

/** The newest checkpoint, and how many weeks have none. */
export function CheckpointCard({
  watch,
  checkpoints,
}: {
  watch: Watch;
  checkpoints: Array<SerializeFrom<Checkpoint>>;
}) {
  const t = useMessages().erp.checkpoints;
  const last = checkpoints[0];
  const missing = weeksOf(watch.since, watch.today).filter(
    (week) => week !== watch.today && !checkpoints.some((each) => each.week === week),
  ).length;
  return (
    <section className="card card--padded" aria-labelledby="checkpoint">
      <div className="page-head">
        <h2 id="checkpoint">{t.title}</h2>
        {missing > 0 ? <Badge tone="warn">{t.missingCount(missing)}</Badge> : null}
      </div>
      {last ? (
        <p>
          <Week monday={last.week} /> · {last.attended}{" "}
          <span className="quiet">
            (<Linked>{t.by(last.writtenBy)}</Linked>, <Moment at={last.writtenAt} />)
          </span>
        </p>
      ) : (
        <p className="quiet">{t.never}</p>
      )}
      <p>
        <a href="/admin/erp/checkpoints">{t.open}</a>
      </p>
    </section>
  );
}
