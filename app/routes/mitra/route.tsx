import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { z } from "zod";
import { env } from "#app/env.server.ts";
import { limited, reply } from "#app/http/reply.server.ts";
import { submit } from "#app/http/submit.server.ts";
import type { Visit } from "#app/http/visit.server.ts";
import { honeypot, largestLead, partnerForm, stampField } from "#app/leads/lead.ts";
import { readStamp, stampNow } from "#app/leads/stamp.server.ts";
import { takeLead } from "#app/leads/take.server.ts";
import { useMessages } from "#app/ui/language.tsx";
import { spokenNumber } from "#app/ui/phone.ts";
import { publicMeta } from "#app/ui/public-meta.ts";
import { messages } from "#app/words.ts";
import { PartnerForm } from "./partner-form.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = publicMeta("/mitra", (t) => ({ title: t.leads.form.title, description: t.leads.form.lead }));
export const handle = { pageForm: () => ({ id: "mitra", whole: true }) };

// Nothing is read from the database: the form is there when it is not.
export const loader = () => ({ stamp: stampNow(), whatsapp: env.HQ_WHATSAPP });

const thanks = () => redirect("/mitra/terima-kasih", { status: 303 });

/** The same as the address for programs; what is wrong stands beside the field, and what was typed stays. */
export async function action(args: ActionFunctionArgs) {
  const size = (await args.request.clone().arrayBuffer()).byteLength;
  return submit(args, "anyone", partnerForm, (form, visit) => take(form, size, visit));
}

async function take(form: z.output<typeof partnerForm>, size: number, visit: Visit) {
  const { [honeypot]: trap, [stampField]: stamp, ...lead } = form;
  const t = messages(visit.lang).leads.form;
  const typed = asTyped(form);
  if (size > largestLead) return reply(413, typed, [{ message: t.tooLarge }]);
  if (trap?.trim()) return thanks();
  const shown = readStamp(stamp);
  if (shown === "fast") return reply(400, typed, [{ message: t.tooFast }]);
  if (shown === "unknown") return reply(400, { ...typed, [stampField]: stampNow() }, [{ message: t.tooOld }]);
  const taken = await takeLead(lead, { key: null, lang: visit.lang, origin: visit.origin });
  if (taken.kind === "wait") return limited(visit, taken.seconds, typed, t.wait);
  if (taken.kind === "lost") return reply(503, typed, [{ href: "#whatsapp", message: t.lost }]);
  return thanks();
}

/** What was understood, as it goes back into the fields. */
const asTyped = (form: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value === true ? "yes" : String(value)]],
    ),
  );

export default function BecomePartner() {
  const t = useMessages().leads.form;
  const { stamp, whatsapp } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <div className="narrow">
      <h1>{t.title}</h1>
      <p className="lead">{t.lead}</p>
      <PartnerForm stamp={stamp} reply={answer} />
      <p id="whatsapp">
        {t.whatsapp}:{" "}
        <a className="figures" href={`https://wa.me/${whatsapp}`} target="_blank" rel="noopener noreferrer">
          {spokenNumber(whatsapp)}
        </a>
      </p>
    </div>
  );
}
