import { useMessages } from "#app/ui/language.tsx";
import type { Standing } from "#app/accounts/standing.ts";

type Props = { code: string; mayAct: boolean; standing: Standing; askedBy: string | null; askedReason: string | null };

/** The ways on: each leads to a page that says what follows before anything happens. */
export function Acts({ code, mayAct, standing, askedBy, askedReason }: Props) {
  const t = useMessages().accounts;
  const way = (to: string, label: string, kind: "main" | "quiet" = "main") => (
    <a className={`button button--${kind}`} href={`/admin/accounts/${code}/${to}`}>
      {label}
    </a>
  );
  return (
    <section className="card card--padded">
      <h2>{t.acts}</h2>
      {askedBy ? (
        <p>
          {mayAct && standing === "WAIT" ? t.waitingYou : t.waiting(askedBy)}
          <span className="sub quiet">{`${t.askedReason}: ${askedReason}`}</span>
        </p>
      ) : null}
      {!mayAct ? <p className="quiet">{t.readOnly}</p> : null}
      {mayAct && standing === null ? <p className="quiet">{t.self}</p> : null}
      {mayAct && standing === "ACTIVE" ? (
        <p className="actions">
          {way("logout", t.logout.action, "quiet")}
          {way("suspension", t.suspension.action)}
        </p>
      ) : null}
      {mayAct && standing === "ASK" ? <p className="actions">{way("lift-request", t.request.action)}</p> : null}
      {mayAct && standing === "LIFT" ? <p className="actions">{way("lift", t.lift.action)}</p> : null}
    </section>
  );
}
