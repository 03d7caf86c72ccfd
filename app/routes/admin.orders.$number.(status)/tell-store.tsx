import type { StaffOrder } from "#app/orders/staff-order.server.ts";
import { PlaybookLine } from "#app/playbooks/playbook-line.tsx";
import { AlertState } from "#app/ui/badges.tsx";
import { CopyBox } from "#app/ui/copy-box.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { TaskDue } from "#app/incidents/task-due.tsx";
import { TellStoreButton } from "#app/ui/tell-store-button.tsx";
import { wordFor } from "#app/ui/word.ts";

/** `text`: the message, for whoever may send it. */
type Props = {
  number: string;
  storeName: string;
  text: string | null;
  details: Pick<StaffOrder, "contact" | "duty" | "mails">;
};

/** What the store was written by itself, and the message by which a person tells it more. */
export function TellStore({ number, storeName, text, details: { contact, duty, mails } }: Props) {
  const {
    orders: { tell: t },
    reconcile,
    playbooks,
  } = useMessages();
  return (
    <section className="card card--padded no-print" id="beri-tahu">
      <h2>{t.title}</h2>
      {duty ? (
        <div className="stack stack--tight">
          <p>{t.duty}</p>
          <p className="row">
            <span className="quiet">{t.due}</span> <TaskDue dueAt={duty.dueAt} late={duty.late} />
          </p>
        </div>
      ) : null}
      {!contact ? <p className="quiet">{reconcile.tell.noNumber}</p> : null}
      {contact ? <p className="figures">+{contact.whatsapp}</p> : null}
      {contact && text !== null ? (
        <TellStoreButton number={number} text={text} label={reconcile.tell.openFor(storeName)}>
          {reconcile.tell.open}
        </TellStoreButton>
      ) : null}
      {text !== null ? <CopyBox id="store-text" label={t.text} hint={reconcile.tell.copyHint} text={text} /> : null}
      {contact && text !== null ? <PlaybookLine slug="whatsapp-link" letter="C" sign={playbooks.offers.here} /> : null}
      <h3>{t.mails}</h3>
      {mails.length > 0 ? (
        <ul className="stack stack--tight">
          {mails.map(({ what, state, at }, index) => (
            <li key={index}>
              {wordFor(t.what, what) ?? what}
              <span className="sub quiet">
                <AlertState state={state} short /> · <Moment at={at} />
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="quiet">{t.noMails}</p>
      )}
    </section>
  );
}
