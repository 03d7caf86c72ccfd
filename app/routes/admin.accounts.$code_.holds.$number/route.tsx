import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { releaseForm } from "#app/accounts/account.ts";
import { listHeldOrders, releaseHeldOrder } from "#app/accounts/suspension.server.ts";
import { moveOrder } from "#app/orders/staff-order.server.ts";
import { ConfirmForAccount } from "#app/accounts/confirm.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { title } from "#app/ui/title.ts";
import { Ref } from "#app/ui/ref-link.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.accounts.release.action);

export async function loader(args: LoaderFunctionArgs) {
  const { code = "", number = "" } = args.params;
  const { data } = await page(args, "admin", async (db) => {
    const order = (await listHeldOrders(db, code)).find((held) => held.number === number);
    if (!order) throw redirect(`/admin/accounts/${encodeURIComponent(code)}`, { status: 303 }); // Released meanwhile.
    return order;
  });
  return { order: data, code };
}

/**
 * Lets an order go on that was stopped because its salesman was suspended, or its store; of the latter it may also be
 * cancelled.
 */
export function action(args: ActionFunctionArgs) {
  const { code = "", number = "" } = args.params;
  return submit(args, "admin", releaseForm, async ({ decision, note }, visit) => {
    const t = messages(visit.lang).accounts;
    if (decision === "CANCEL") {
      await visit.write((db) => moveOrder(db, number, "CANCELLED", note));
      return redirectWithToast(`/admin/accounts/${code}`, t.storeHold.cancelled(number));
    }
    const free = await visit.write(async (db) => {
      const held = (await listHeldOrders(db, code)).find((order) => order.number === number);
      // Released meanwhile: the command says so.
      return releaseHeldOrder(db, number, note, held?.reason ?? "SALESMAN_SUSPENDED");
    });
    return redirectWithToast(
      `/admin/accounts/${code}`,
      free ? t.release.done(number) : t.release.stillHeld(number),
      free ? "good" : "warn",
    );
  });
}

export default function ReleaseOrder() {
  const { accounts: t, orders } = useMessages();
  const { order, code } = useLoaderData<typeof loader>();
  const ofStore = order.reason === "STORE_SUSPENDED";
  const effects = ofStore ? t.storeHold.effects : t.release.effects;
  return (
    <ConfirmForAccount
      code={code}
      title={ofStore ? t.storeHold.title(order.number) : t.release.title(order.number)}
      effects={order.disputed ? [t.release.disputed, ...(ofStore ? effects : [])] : effects}
      address={`/admin/accounts/${code}/holds/${order.number}`}
      submit={ofStore ? t.storeHold.action : t.release.action}
      other={ofStore ? { name: "decision", first: "CONTINUE", value: "CANCEL", label: t.storeHold.cancel } : undefined}
      field={{
        name: "note",
        label: ofStore ? t.storeHold.note : t.noteLabel,
        hint: ofStore ? t.storeHold.noteHint : t.noteHint,
        maxLength: 300,
        rows: 2,
      }}
      reply={useActionData<typeof action>()}
    >
      <section className="card card--padded">
        <Facts
          facts={[
            { label: orders.number, value: <Ref code={order.number} /> },
            { label: t.store, value: <Ref code={order.storeCode} name={order.storeName} /> },
            { label: t.placedAt, value: <Moment at={order.placedAt} /> },
            { label: t.total, value: <Money amount={order.total} />, number: true },
          ]}
        />
      </section>
    </ConfirmForAccount>
  );
}
