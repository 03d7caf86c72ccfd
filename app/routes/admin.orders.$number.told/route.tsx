import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { NotFound } from "#app/db/errors.server.ts";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { findStaffOrder, tellStore } from "#app/orders/staff-order.server.ts";
import { tellForm } from "#app/orders/staff.ts";
import { whatsappLink } from "#app/ui/whatsapp.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { ErrorSummary } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.orders.tell.title);

export async function loader(args: LoaderFunctionArgs) {
  const number = args.params.number ?? "";
  await page(args, "admin", async (db) => {
    if (!(await findStaffOrder(db, number))) throw new NotFound();
  });
  return { number };
}

/**
 * Notes that WhatsApp was opened to tell an order's store, and opens it with the message: staff's words, on the
 * admin's own device.
 */
export async function action(args: ActionFunctionArgs) {
  return submit(args, "admin", tellForm, async ({ text }, visit) =>
    redirect(whatsappLink(await visit.write((db) => tellStore(db, args.params.number ?? "")), text), 303),
  );
}

/** Seen when there was no message to send, or by whoever opens the address by hand. */
export default function Told() {
  const t = useMessages();
  const { number } = useLoaderData<typeof loader>();
  return (
    <div className="narrow">
      <BackLink href={`/admin/orders/${number}#beri-tahu`}>{t.orders.backToOrder}</BackLink>
      <h1>{t.orders.tell.title}</h1>
      <p className="lead">{t.orders.tell.onOrder}</p>
      <ErrorSummary errors={useActionData<typeof action>()?.errors ?? []} />
    </div>
  );
}
