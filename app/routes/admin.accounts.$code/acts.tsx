import { useMessages } from "#app/ui/language.tsx";
import { Way } from "#app/ui/way.tsx";
import type { SuspensionState } from "#app/accounts/suspension.ts";
import { Linked } from "#app/ui/ref-link.tsx";

type Props = {
  code: string;
  mayAct: boolean;
  state: SuspensionState;
  askedBy: string | null;
  askedReason: string | null;
};

/** The ways on: each leads to a page that says what follows before anything happens. */
export function Acts({ code, mayAct, state, askedBy, askedReason }: Props) {
  const t = useMessages().accounts;
  const way = (to: string, label: string, kind: "main" | "quiet" = "main") => (
    <Way className={`button button--${kind}`} href={`/admin/accounts/${code}/${to}`}>
      {label}
    </Way>
  );
  return (
    <section className="card card--padded">
      <h2>{t.acts}</h2>
      {askedBy ? (
        <p>
          <Linked>{mayAct && state === "WAIT" ? t.waitingYou : t.waiting(askedBy)}</Linked>
          <span className="sub quiet">{`${t.askedReason}: ${askedReason}`}</span>
        </p>
      ) : null}
      {!mayAct ? <p className="quiet">{t.readOnly}</p> : null}
      {mayAct && state === null ? <p className="quiet">{t.self}</p> : null}
      {mayAct && state === "ACTIVE" ? (
        <p className="actions">
          {way("logout", t.logout.action, "quiet")}
          {way("suspension", t.suspension.action)}
        </p>
      ) : null}
      {mayAct && state === "ASK" ? <p className="actions">{way("lift-request", t.request.action)}</p> : null}
      {mayAct && state === "LIFT" ? <p className="actions">{way("lift", t.lift.action)}</p> : null}
    </section>
  );
}
