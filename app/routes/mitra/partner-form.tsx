import type { FormReply } from "#app/http/reply.server.ts";
import { honeypot, salonTypes, spendRanges, stampField } from "#app/leads/lead.ts";
import { Checkbox, NumberField, Select, Textarea, TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { errorOf, kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

/** The form for becoming a partner: six answers that are needed, and what else may be told. */
export function PartnerForm({ stamp, reply }: { stamp: string; reply?: FormReply }) {
  const t = useMessages().leads;
  const f = t.form;
  const choose = { value: "", label: f.choose };
  const types = [choose, ...salonTypes.map((value) => ({ value, label: t.salonTypes[value] }))];
  return (
    <PostForm className="form" id="mitra" action="/mitra" noValidate>
      <ErrorSummary errors={reply?.errors ?? []} labels={f} />
      <input type="hidden" name={stampField} value={reply?.values[stampField] ?? stamp} />
      <TextField
        {...kept(reply, "business_name")}
        label={f.business_name}
        autoComplete="organization"
        maxLength={120}
        required
      />
      <TextField {...kept(reply, "contact_name")} label={f.contact_name} autoComplete="name" maxLength={120} required />
      <TextField
        {...kept(reply, "phone_whatsapp")}
        type="tel"
        label={f.phone_whatsapp}
        hint={f.phoneHint}
        autoComplete="tel"
        maxLength={40}
        required
      />
      <TextField {...kept(reply, "city")} label={f.city} autoComplete="address-level2" maxLength={80} required />
      <Select {...kept(reply, "salon_type")} label={f.salon_type} options={types} />
      <More reply={reply} />
      <Trap />
      <Checkbox
        name="consent"
        label={f.consent}
        hint={f.consentHint}
        error={errorOf(reply, "consent")}
        defaultChecked={reply?.values.consent === "yes"}
      />
      <p>
        <a href="/privasi" target="_blank" rel="noopener">
          {f.privacy}
        </a>
      </p>
      <p className="actions">
        <SubmitButton>{f.submit}</SubmitButton>
      </p>
    </PostForm>
  );
}

const besides = ["email", "chair_count", "specialization", "current_brands_used", "monthly_spend_range", "message"];

/** What may be told besides: folded, unless something of it was told. */
function More({ reply }: { reply?: FormReply }) {
  const t = useMessages().leads;
  const f = t.form;
  const told = besides.some((name) => reply?.values[name] || errorOf(reply, name));
  const ranges = spendRanges.map((value) => ({ value, label: t.spendRanges[value] }));
  const spends = [{ value: "", label: f.choose }, ...ranges];
  return (
    <details className="fold" open={told}>
      <summary>{f.more}</summary>
      <div className="stack">
        <TextField {...kept(reply, "email")} type="email" label={f.email} autoComplete="email" maxLength={200} />
        <NumberField {...kept(reply, "chair_count")} label={f.chair_count} hint={f.chairsHint} maxLength={20} />
        <TextField
          {...kept(reply, "specialization")}
          label={f.specialization}
          hint={f.specializationHint}
          maxLength={200}
        />
        <TextField {...kept(reply, "current_brands_used")} label={f.current_brands_used} maxLength={200} />
        <Select {...kept(reply, "monthly_spend_range")} label={f.monthly_spend_range} options={spends} />
        <Textarea {...kept(reply, "message")} label={f.message} maxLength={1000} />
      </div>
    </details>
  );
}

/** Nobody sees it or comes to it; a program fills in what it finds. */
function Trap() {
  const { company } = useMessages().leads.form;
  return (
    <div className="hidden" aria-hidden="true">
      <label htmlFor={honeypot}>{company}</label>
      <input id={honeypot} name={honeypot} type="text" tabIndex={-1} autoComplete="off" />
    </div>
  );
}
