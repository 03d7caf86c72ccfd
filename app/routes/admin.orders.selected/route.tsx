import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { longPatience } from "#app/db/transaction.server.ts";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { lookAtMoves, moveOrders } from "#app/orders/moves.server.ts";
import { movesForm, perOrder, readSelected, selectedAddress, stepsTogether } from "#app/orders/several.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { choices, Filters } from "#app/ui/filters.tsx";
import { ErrorSummary } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { LeftOutList } from "#app/ui/left-out-list.tsx";
import { inFull } from "#app/ui/people.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { title } from "#app/ui/title.ts";
import { MovesLook } from "./moves-look.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.orders.together.title);

/**
 * The look before several are moved: what the step does to each, which cannot take it and why. Nothing asked: the step
 * that most of them can take.
 */
export async function loader(args: LoaderFunctionArgs) {
  const params = new URL(args.request.url).searchParams;
  const numbers = readSelected(params);
  const { viewer, data: found } = await page(args, "admin", (db) => lookAtMoves(db, numbers));
  const steps = stepsTogether.map((step) => ({ step, n: found.filter((row) => !row.hurdles[step]).length }));
  const most = steps.reduce((best, each) => (each.n > best.n ? each : best));
  const to = stepsTogether.find((step) => step === params.get("to")) ?? most.step;
  const gone = numbers.filter((number) => !found.some((row) => row.number === number));
  return {
    numbers,
    to,
    steps,
    movable: found
      .filter((row) => !row.hurdles[to])
      .map(({ number, status, total, storeName, storeCode }) => ({ number, status, total, storeName, storeCode })),
    stuck: [
      ...found.flatMap(({ number, status, by, hurdles }) => {
        const why = hurdles[to];
        return why ? [{ number, why, stands: { status, by: by && inFull(viewer.names, by) } }] : [];
      }),
      ...gone.map((number) => ({ number, why: "GONE" as const, stands: null })),
    ],
    readAt: new Date(),
  };
}

/** Moves them. Those that changed meanwhile are shown again, as they are now; the rest has gone through. */
export function action(args: ActionFunctionArgs) {
  return submit(args, "admin", movesForm, async ({ to, items, note }, visit) => {
    const { moved, left } = await visit.write((db) => moveOrders(db, items, to, note), longPatience);
    const t = messages(visit.lang).orders;
    if (left.length === 0)
      return redirectWithToast("/admin/orders", perOrder(t.together.done(moved.length, t.statuses[to]), moved));
    const again = left.map(({ number }) => number);
    return redirectWithToast(
      selectedAddress("/admin/orders/selected", again, [["to", to]]),
      perOrder(
        t.together.someLeft(moved.length, left.length),
        moved,
        left.map(({ number, why }) => ({ number, why: t.together.why[why] })),
      ),
      "warn",
    );
  });
}

export default function Selected() {
  const t = useMessages().orders;
  const { numbers, to, steps, movable, stuck, readAt } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const address = (step: string) => selectedAddress("/admin/orders/selected", numbers, [["to", step]]);
  const leftOut = stuck.map(({ number, why, stands }) => ({
    number,
    href: stands ? `/admin/orders/${number}` : null,
    why: stands
      ? `${t.together.why[why]}; ${t.together.stands(t.statuses[stands.status], stands.by)}`
      : t.together.why[why],
  }));
  const links = choices(
    steps.filter(({ n, step }) => n > 0 || step === to).map(({ step }) => step),
    to,
    (step) => ({
      label: t.moves.names[step],
      href: address(step),
      count: steps.find((each) => each.step === step)?.n,
    }),
  );
  return (
    <>
      <BackLink href="/admin/orders">{t.list.back}</BackLink>
      <div className="stack stack--tight">
        <h1>{t.together.title}</h1>
        <ReadAt at={readAt} />
      </div>
      <ErrorSummary errors={reply?.errors ?? []} />
      {numbers.length > 0 ? <Filters label={t.together.step} links={links} /> : null}
      {movable.length > 0 ? (
        <MovesLook orders={movable} to={to} address={address(to)} reply={reply} />
      ) : (
        <EmptyState
          icon="check"
          title={numbers.length > 0 ? t.together.nothing : t.together.none}
          text={numbers.length > 0 ? t.together.nothingText : t.together.noneText}
        />
      )}
      <LeftOutList title={t.together.leftOut} rows={leftOut} />
    </>
  );
}
