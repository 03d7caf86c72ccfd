import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { longPatience } from "#app/db/transaction.server.ts";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { decideCredits, listSelected } from "#app/approvals/approval.server.ts";
import { decisionsForm, itemsField, type LeftOut } from "#app/approvals/approval.ts";
import { perOrder, readSelected, selectedAddress } from "#app/orders/several.ts";
import { SelectedOrders } from "./selected-orders.tsx";
import { BackLink } from "#app/ui/back-link.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Textarea } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { formatRupiah } from "#app/ui/format.ts";
import { kept } from "#app/ui/kept.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { LeftOutList } from "#app/ui/left-out-list.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.approvals.selected.title);

/** The look before several are approved: exactly these, each worth what is shown, and which of them cannot be. */
export async function loader(args: LoaderFunctionArgs) {
  const numbers = readSelected(new URL(args.request.url).searchParams);
  const { data: found } = await page(args, "admin", (db) => listSelected(db, numbers));
  const selected = found.filter(({ now, held }) => now && !held);
  const skipped = numbers
    .filter((number) => !selected.some((order) => order.number === number))
    .map((number) => {
      const order = found.find((one) => one.number === number);
      const why: LeftOut = !order ? "GONE" : order.now ? "HELD" : "DECIDED";
      return { number, why, by: order?.decidedBy ?? null };
    });
  return { selected, skipped, any: numbers.length > 0, readAt: new Date() };
}

/** Approves them. Those that changed meanwhile are shown again, as they are now; the rest has gone through. */
export function action(args: ActionFunctionArgs) {
  return submit(args, "admin", decisionsForm, async ({ items, note }, visit) => {
    const { approved, left } = await visit.write((db) => decideCredits(db, items, note), longPatience);
    const t = messages(visit.lang).approvals.selected;
    if (left.length === 0) return redirectWithToast("/admin/approvals", perOrder(t.done(approved.length), approved));
    const why = left.map((one) => ({ number: one.number, why: t.why[one.why] }));
    return redirectWithToast(
      addressOf(left),
      perOrder(t.someLeft(approved.length, left.length), approved, why),
      "warn",
    );
  });
}

const addressOf = (orders: Array<{ number: string }>) =>
  selectedAddress(
    "/admin/approvals/selected",
    orders.map(({ number }) => number),
  );

export default function Selected() {
  const lang = useLang();
  const t = useMessages().approvals;
  const { selected, skipped, any, readAt } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const stores = new Set(selected.map(({ storeCode }) => storeCode)).size;
  const leftOut = skipped.map(({ number, why, by }) => ({
    number,
    href: why === "GONE" ? null : `/admin/approvals/${number}`,
    why: why === "DECIDED" && by ? t.selected.decidedBy(by) : t.selected.why[why],
  }));
  const total = selected.reduce((sum, order) => sum + order.total, 0);
  return (
    <>
      <BackLink href="/admin/approvals">{t.back}</BackLink>
      <div className="stack stack--tight">
        <h1>{t.selected.title}</h1>
        {selected.length > 0 ? (
          <p className="lead">{t.selected.lead(selected.length, stores, formatRupiah(total, lang))}</p>
        ) : null}
        <ReadAt at={readAt} />
      </div>
      <ErrorSummary errors={reply?.errors ?? []} />
      {selected.length > 0 ? (
        <>
          <SelectedOrders orders={selected} />
          <LeftOutList title={t.selected.skipped} rows={leftOut} />
          <PostForm className="form card card--padded" action={addressOf(selected)}>
            <input type="hidden" name="items" value={itemsField(selected)} />
            <Textarea {...kept(reply, "note")} label={t.note} hint={t.selected.noteHint} rows={2} maxLength={300} />
            <p>
              <SubmitButton>{t.selected.confirm(selected.length)}</SubmitButton>
            </p>
          </PostForm>
        </>
      ) : (
        <>
          <EmptyState
            icon="check"
            title={any ? t.selected.nothing : t.selected.none}
            text={any ? t.selected.nothingText : t.selected.noneText}
            action={{ href: "/admin/approvals", label: t.showAll }}
          />
          <LeftOutList title={t.selected.skipped} rows={leftOut} />
        </>
      )}
    </>
  );
}
