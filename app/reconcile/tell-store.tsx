import { waitsForApproval } from "#app/approvals/approval.ts";
import { outcomeText } from "./store-message.ts";
import type { ReconcileRow, Resolution } from "./reconcile.ts";
import { CopyBox } from "#app/ui/copy-box.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { TellStoreButton } from "#app/ui/tell-store-button.tsx";

type Told = Pick<ReconcileRow, "number" | "storeName" | "total" | "status" | "change" | "language"> & {
  assumed: Pick<ReconcileRow["assumed"], "light">;
  resolution: Resolution | null;
};

/** The outcome as a message to the store's owner, in his language. */
const textOf = ({ number, storeName, total, status, change, language, resolution, assumed }: Told) =>
  outcomeText(language, {
    number,
    store: storeName,
    total,
    outcome: resolution ?? "CONFIRMED",
    lines: change?.lines ?? [],
    waits: waitsForApproval({ light: assumed.light, status }),
  });

/** Opens WhatsApp with the outcome, where there is one to tell: an order that is tried again has none yet. */
export function TellLink({ row, main = false }: { row: Told; main?: boolean }) {
  const t = useMessages().reconcile.tell;
  if (row.resolution === "RETRY") return null;
  return (
    <TellStoreButton number={row.number} text={textOf(row)} label={t.openFor(row.storeName)} small={!main}>
      {main ? t.open : "WhatsApp"}
    </TellStoreButton>
  );
}

/** The same with the text to copy. */
export function TellStore({ row, mayTell }: { row: Told & { whatsapp: string | null }; mayTell: boolean }) {
  const t = useMessages().reconcile.tell;
  if (row.resolution === "RETRY" || !mayTell) return null;
  return (
    <section className="card card--padded no-print">
      <h2>{t.title}</h2>
      <p>{t.text}</p>
      {row.whatsapp ? (
        <div className="row">
          <TellLink row={row} main />
          <span className="figures">+{row.whatsapp}</span>
        </div>
      ) : (
        <p className="quiet">{t.noNumber}</p>
      )}
      <h3>{t.copyTitle}</h3>
      <CopyBox id="outcome-text" label={t.copyLabel} hint={t.copyHint} text={textOf(row)} />
    </section>
  );
}
