import type { FormReply } from "#app/http/reply.server.ts";
import { Textarea, TextField } from "#app/ui/fields.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { errorOf, kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { type Asked, Choice } from "./choice.tsx";

type Props = { order: Asked; mayDecide: boolean; reply?: FormReply };

/** What can be decided about an order, each with what follows from it; SQL says which make sense. */
export function DecisionForm({ order, mayDecide, reply }: Props) {
  const t = useMessages().reconcile;
  const { number, outlook } = order;
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
      {mayDecide ? (
        <PostForm className="form" action={`/admin/reconcile/${number}/decision`}>
          <Choices order={order} mayDecide reply={reply} />
          <Details order={order} reply={reply} />
        </PostForm>
      ) : (
        <div className="form">
          <Choices order={order} mayDecide={false} reply={reply} />
        </div>
      )}
    </section>
  );
}

function Choices({ order, mayDecide, reply }: Props) {
  const t = useMessages().reconcile;
  const { choices } = order.outlook;
  const unchosen = errorOf(reply, "resolution");
  return (
    <fieldset className="stack stack--tight" aria-describedby={unchosen ? "resolution-error" : undefined}>
      <legend className="hidden">{t.order.decide}</legend>
      {unchosen ? (
        <p className="field__error" id="resolution-error">
          {unchosen}
        </p>
      ) : null}
      {choices.map((resolution, index) => (
        <Choice
          key={resolution}
          id={index === 0 ? "resolution" : `resolution-${resolution}`}
          order={order}
          resolution={resolution}
          chosen={reply ? reply.values.resolution === resolution : mayDecide && choices.length === 1}
          disabled={!mayDecide}
        />
      ))}
    </fieldset>
  );
}

/** What goes with a decision: the document it is about, a note, and the comparison that was looked at. */
function Details({ order, reply }: Omit<Props, "mayDecide">) {
  const t = useMessages().reconcile;
  const { outlook, result, erp, checked } = order;
  return (
    <>
      {result === "DUPLICATE" && outlook.choices.includes("ACCEPT") ? (
        <Documents documents={erp.documents ?? []} chosen={reply?.values.document} error={errorOf(reply, "document")} />
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
      <Textarea {...kept(reply, "note")} label={t.order.noteLabel} hint={t.order.noteHint} rows={2} maxLength={300} />
      <input type="hidden" name="checked" value={checked ?? ""} />
      <p>
        <SubmitButton>{t.order.submit}</SubmitButton>
      </p>
    </>
  );
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
