import type { ErpState } from "#app/reconcile/runs.server.ts";
import { State } from "#app/ui/badges.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

type Props = {
  erp: Omit<ErpState, "since" | "lastOkAt"> & { since: Date | string };
  waiting: string;
  mayRun: boolean;
  running: boolean;
};

/** The ERP in a line, what waits for it, and the button that begins a run. */
export function ErpStateLine({ erp, waiting, mayRun, running }: Props) {
  const t = useMessages().reconcile;
  const closed = erp.state === "CLOSED";
  return (
    <section className="card card--padded" aria-label={t.erp.line}>
      <div className="page-head">
        <div>
          <p className="row">
            <State tone={closed ? "good" : erp.state === "OPEN" ? "bad" : "warn"}>{t.erp.states[erp.state]}</State>
            <span className="quiet">
              {t.erp.since} <Moment at={erp.since} ago />
            </span>
          </p>
          <p>{`${t.erp.waiting(waiting)} ${closed ? t.erp.pace(String(erp.perSecond)) : t.erp.away}`}</p>
        </div>
        {mayRun && !running ? (
          <PostForm action="/admin/reconcile/run">
            <SubmitButton kind="quiet">{t.start}</SubmitButton>
          </PostForm>
        ) : null}
      </div>
      {mayRun && !running ? <p className="quiet">{t.startHint}</p> : null}
    </section>
  );
}
