import { CopyBox } from "#app/ui/copy-box.tsx";
import { useMessages } from "#app/ui/language.tsx";

/** The order as text to copy, where WhatsApp does not open. */
export function HandOff({ text }: { text: string }) {
  const t = useMessages().orders.whatsapp;
  return (
    <section className="card card--padded no-print">
      <h2>{t.copyTitle}</h2>
      <CopyBox id="order-text" label={t.copyLabel} hint={t.copyHint} text={text} />
    </section>
  );
}
