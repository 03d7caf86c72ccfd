import { outcomeText } from "#app/models/reconcile-words.ts";
import type { DeskRow, Resolution } from "#app/models/reconcile.ts";
import { whatsappLink } from "#app/models/whatsapp.ts";
import { CopyBox } from "#app/ui/copy-box.tsx";
import { useMessages } from "#app/ui/language.tsx";

type Told = Pick<DeskRow, "number" | "storeName" | "total" | "change" | "whatsapp" | "language"> & { resolution: Resolution | null };

/** The outcome as a message to the store's owner, in his language. */
const textOf = ({ number, storeName, total, change, language, resolution }: Told) =>
  outcomeText(language, { number, store: storeName, total, outcome: resolution ?? "CONFIRMED", lines: change?.lines ?? [] });

/** Opens WhatsApp with the outcome, where there is one to tell: an order that is tried again has none yet. */
export function TellLink({ row, main = false }: { row: Told; main?: boolean }) {
  const t = useMessages().reconcile.tell;
  if (!row.whatsapp || row.resolution === "RETRY") return null;
  return (
    <a className={`button ${main ? "button--main" : "button--small"}`} href={whatsappLink(row.whatsapp, textOf(row))} ping={`/orders/${row.number}/whatsapp`} target="_blank"
      rel="noopener noreferrer" aria-label={t.openFor(row.storeName)}>
      {main ? t.open : "WhatsApp"}
    </a>
  );
}

/** The same with the text to copy. */
export function TellStore({ row }: { row: Told }) {
  const t = useMessages().reconcile.tell;
  if (row.resolution === "RETRY") return null;
  return (
    <section className="card card--padded no-print">
      <h2>{t.title}</h2>
      <p>{t.text}</p>
      {row.whatsapp ? (
        <p className="row">
          <TellLink row={row} main />
          <span className="figures">+{row.whatsapp}</span>
        </p>
      ) : (
        <p className="quiet">{t.noNumber}</p>
      )}
      <h3>{t.copyTitle}</h3>
      <CopyBox id="outcome-text" label={t.copyLabel} hint={t.copyHint} text={textOf(row)} />
    </section>
  );
}
