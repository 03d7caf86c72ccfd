import type { FormReply } from "#app/http/reply.server.ts";
import type { Reconciliation } from "#app/reconcile/reconcile.server.ts";
import type { LineChange, ReconcileResult, Resolution } from "#app/reconcile/reconcile.ts";
import { Textarea, TextField } from "#app/ui/fields.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { formatRupiah } from "#app/ui/format.ts";
import { errorOf, kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

type Asked = Pick<Reconciliation, "number" | "total" | "erp" | "outlook" | "degraded"> & {
  result: ReconcileResult | null;
  checked: string | null;
};
type Props = { order: Asked; mayDecide: boolean; reply?: FormReply };

/** What can be decided about an order, each with what follows from it; SQL says which make sense. */
export function DecisionForm({ order, mayDecide, reply }: Props) {
  const t = useMessages().reconcile;
  const { number, outlook, result, erp, checked } = order;
  const unchosen = errorOf(reply, "resolution");
  if (outlook.choices.length === 0)
    return (
      <section className="card card--padded">
        <h2>{t.order.decide}</h2>
        <p className="quiet">{t.order.none}</p>
      </section>
    );
  return (
    <section className="card card--padded no-print">
      <h2>{t.order.decide}</h2>
      {mayDecide ? null : <p className="quiet">{t.readOnly}</p>}
      <PostForm className="form" action={`/admin/reconcile/${number}/decision`}>
        <fieldset className="stack stack--tight" aria-describedby={unchosen ? "resolution-error" : undefined}>
          <legend className="hidden">{t.order.decide}</legend>
          {unchosen ? (
            <p className="field__error" id="resolution-error">
              {unchosen}
            </p>
          ) : null}
          {outlook.choices.map((resolution, index) => (
            <Choice
              key={resolution}
              id={index === 0 ? "resolution" : `resolution-${resolution}`}
              order={order}
              resolution={resolution}
              chosen={reply ? reply.values.resolution === resolution : mayDecide && outlook.choices.length === 1}
              disabled={!mayDecide}
            />
          ))}
        </fieldset>
        {mayDecide ? (
          <>
            {result === "DUPLICATE" && outlook.choices.includes("ACCEPT") ? (
              <Documents
                documents={erp.documents ?? []}
                chosen={reply?.values.document}
                error={errorOf(reply, "document")}
              />
            ) : null}
            {outlook.choices.includes("KEYED") ? (
              <TextField
                {...kept(reply, "document")}
                label={t.order.documentLabel}
                hint={t.order.documentHint}
                maxLength={40}
                autoComplete="off"
                spellCheck={false}
                autoCapitalize="characters"
              />
            ) : null}
            <Textarea
              {...kept(reply, "note")}
              label={t.order.noteLabel}
              hint={t.order.noteHint}
              rows={2}
              maxLength={300}
            />
            <input type="hidden" name="checked" value={checked ?? ""} />
            <p>
              <SubmitButton>{t.order.submit}</SubmitButton>
            </p>
          </>
        ) : null}
      </PostForm>
    </section>
  );
}

function Choice({
  id,
  order,
  resolution,
  chosen,
  disabled,
}: {
  id: string;
  order: Asked;
  resolution: Resolution;
  chosen: boolean;
  disabled: boolean;
}) {
  const t = useMessages().reconcile.choices;
  const { outlook, degraded, result } = order;
  const changes: LineChange[] =
    resolution === "CUT" ? outlook.cut.lines : resolution === "PREORDER" ? outlook.preorder : [];
  // Whoever was asked to wait: by the banner, or while his order was up for a decision.
  const told = resolution !== "RETRY" && (degraded || (result !== null && result !== "CONFIRMED"));
  return (
    <div className="choice">
      <input
        type="radio"
        id={id}
        name="resolution"
        value={resolution}
        defaultChecked={chosen}
        disabled={disabled}
        aria-describedby={`${id}-hint`}
      />
      <div>
        <label htmlFor={id}>{t[resolution].name}</label>
        <div id={`${id}-hint`} className="field__hint">
          <p>
            {useConsequence(order, resolution)}
            {told ? ` ${t.mail}` : null}
          </p>
          {changes.length > 0 ? (
            <ul className="bullets">
              {changes.map(({ sku, name, from, to }) => (
                <li key={sku}>
                  {resolution === "PREORDER"
                    ? t.wait(name, to - from)
                    : to === 0
                      ? `${name}: ${t.CUT.gone}`
                      : t.change(name, from, to)}
                </li>
              ))}
            </ul>
          ) : null}
        </div>
      </div>
    </div>
  );
}

function useConsequence({ number, total, erp, result, outlook }: Asked, resolution: Resolution): string {
  const t = useMessages().reconcile.choices;
  const amount = formatRupiah(total);
  switch (resolution) {
    case "ACCEPT":
      if (result === "ERROR") return t.ACCEPT.ERROR(amount, formatRupiah(erp.total ?? 0));
      return t.ACCEPT[result === "CREDIT_FAILED" || result === "DUPLICATE" ? result : "SHORT"];
    case "CUT":
      return t.CUT.text(amount, formatRupiah(outlook.cut.total));
    case "PREORDER":
      return t.PREORDER.text(outlook.missing, amount);
    case "KEYED":
      return t.KEYED.text(number);
    case "CANCEL":
      return t.CANCEL.text(amount);
    case "RETRY":
      return t.RETRY.text;
  }
}

function Documents({ documents, chosen, error }: { documents: string[]; chosen?: string; error?: string }) {
  const t = useMessages().reconcile.order;
  return (
    <fieldset className={error ? "field field--wrong" : "field"}>
      <legend>
        <strong>{t.documentPick}</strong>
      </legend>
      <p className="field__hint">{t.documentPickHint}</p>
      {error ? <p className="field__error">{error}</p> : null}
      {documents.map((document, index) => (
        <div key={document} className="check">
          <input
            type="radio"
            id={index === 0 ? "document" : `document-${index}`}
            name="document"
            value={document}
            defaultChecked={chosen === document}
          />
          <label className="figures break" htmlFor={index === 0 ? "document" : `document-${index}`}>
            {document}
          </label>
        </div>
      ))}
    </fieldset>
  );
}
