import type { ActionFunctionArgs } from "@remix-run/node";
import { env } from "#app/env.server.ts";
import { visitOf } from "#app/http/visit.server.ts";
import { readSigned } from "#app/http/webhook.server.ts";
import { mailEvent } from "#app/alerts/mail-event.ts";
import { noteMailEvent } from "#app/alerts/mail-event.server.ts";

const notFound = () => new Response(null, { status: 404 });

// Nothing to see here; and without the secret there is no such address.
export const loader = notFound;

/**
 * What became of our mails, told by the mail provider. It sends again whatever we do not answer with 2xx: only stored
 * is done.
 */
export async function action(args: ActionFunctionArgs) {
  const secret = env.RESEND_WEBHOOK_SECRET;
  if (secret === undefined) return notFound();
  const signed = await readSigned(args.request, secret);
  if (!signed) return new Response(null, { status: 401 });
  const event = mailEvent.safeParse(signed.content);
  // Signed, but about something that is no mail (a domain, a contact): nothing to store, and sending it again helps
  // nobody.
  if (event.success) await (await visitOf(args)).write((db) => noteMailEvent(db, signed.id, event.data));
  return new Response(null, { status: 204 });
}
