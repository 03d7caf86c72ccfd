import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { DatabaseRefusal, NotFound } from "#app/db/errors.server.ts";
import { visitOf } from "#app/http/visit.server.ts";
import { noteWhatsappOpened } from "#app/orders/order.server.ts";

export const loader = ({ params }: ActionFunctionArgs) =>
  redirect(`/orders/${encodeURIComponent(params.number ?? "")}`);

/** The `ping` of the WhatsApp link: browsers send it beside the click, without script. Nobody reads the answer. */
export async function action(args: ActionFunctionArgs) {
  const visit = await visitOf(args);
  if (!visit.login) return new Response(null, { status: 401 });
  try {
    await visit.write((db) => noteWhatsappOpened(db, args.params.number ?? ""));
    return new Response(null, { status: 204 });
  } catch (error) {
    if (error instanceof DatabaseRefusal) return new Response(null, { status: error instanceof NotFound ? 404 : 401 });
    throw error;
  }
}
