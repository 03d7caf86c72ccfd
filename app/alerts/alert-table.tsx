import { type AlertDelivery, AlertState } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { Named } from "#app/ui/named.tsx";
import { NumberedTable } from "#app/ui/numbered-table.tsx";
import { PhoneOwner } from "#app/ui/phone-owner.tsx";
import { wordFor } from "#app/ui/word.ts";

export type AlertView = {
  number: string;
  total: number;
  storeName: string;
  storeCode: string;
  salesman: string;
  salesmanCode: string;
  state: AlertDelivery;
  recipient: string;
  attempts: number;
  nextAttemptAt: Date | string;
  lastError: string | null;
  sentAt: Date | string | null;
  sms: AlertDelivery | null;
  toPhone: boolean;
  whatsapp: string | null;
};

/** What became of the mails that tell owners of orders placed in their name. */
export function AlertTable({ caption, alerts }: { caption: string; alerts: AlertView[] }) {
  const t = useMessages();
  const words = t.alerts.list;
  return (
    <NumberedTable
      caption={caption}
      rows={alerts}
      number={{ label: words.order, to: ({ number }) => `/admin/alerts/${number}` }}
      columns={[
        {
          key: "store",
          label: words.store,
          cell: ({ storeName, storeCode }) => <Named name={storeName} code={storeCode} />,
        },
        {
          key: "salesman",
          label: words.salesman,
          cell: ({ salesman, salesmanCode }) => <Named name={salesman} code={salesmanCode} />,
        },
        {
          key: "recipient",
          label: words.recipient,
          cell: ({ recipient }) => <span className="break">{recipient}</span>,
        },
        { key: "state", label: words.state, cell: (alert) => <Delivery {...alert} /> },
        { key: "total", label: t.orders.total, number: true, cell: ({ total }) => <Money amount={total} /> },
      ]}
    />
  );
}

function Delivery({ state, attempts, nextAttemptAt, lastError, sentAt, sms, toPhone, whatsapp }: AlertView) {
  const { ui: t, alerts: words } = useMessages();
  return (
    <span className="stack stack--tight">
      <AlertState state={state} />
      <span className="quiet">
        {t.attempts(attempts)}
        {sentAt ? (
          <>
            {" · "}
            <Moment at={sentAt} />
          </>
        ) : null}
        {state === "PENDING" ? (
          <>
            {" · "}
            {t.nextAttempt} <Moment at={nextAttemptAt} />
          </>
        ) : null}
      </span>
      {lastError && state !== "SENT" ? (
        <span className="quiet">{`${t.lastError}: ${wordFor(words.details, lastError) ?? lastError}`}</span>
      ) : null}
      {sms ? (
        <span className="row">
          <span className="quiet">{words.channels.SMS}</span>
          <AlertState state={sms} short />
        </span>
      ) : null}
      {toPhone ? <PhoneOwner whatsapp={whatsapp} /> : null}
    </span>
  );
}
