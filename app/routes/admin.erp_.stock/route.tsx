import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { findWatch, listStockChecks, requestStockCheck } from "#app/erp/duty.server.ts";
import { DutyHead } from "#app/erp/duty-head.tsx";
import { StockGaps, StockHistory } from "./stock-tables.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { Linked } from "#app/ui/ref-link.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.erp.stock.title);

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, data } = await page(args, "staff", (db) => Promise.all([listStockChecks(db, 12), findWatch(db)]));
  const [checks, watch] = data;
  return { checks, watch, mayAct: viewer.account?.role === "ADMIN" };
}

export async function action(args: ActionFunctionArgs) {
  return submit(args, "admin", z.object({}), async (_, visit) => {
    await visit.write(requestStockCheck);
    return redirectWithToast("/admin/erp/stock", messages(visit.lang).erp.stock.asked);
  });
}

export default function Stock() {
  const t = useMessages().erp.stock;
  const { checks, watch, mayAct } = useLoaderData<typeof loader>();
  const [last] = checks;
  return (
    <>
      <DutyHead words={t} reply={useActionData<typeof action>()} />
      {watch.checkError ? (
        <p className="field__warning">
          {t.failed} <span className="break">{watch.checkError}</span>
        </p>
      ) : null}
      {watch.checkWanted ? (
        <p>
          <Linked>{t.waiting(watch.checkAskedBy ?? "–")}</Linked>
        </p>
      ) : mayAct ? (
        <PostForm action="/admin/erp/stock" className="row no-print">
          <SubmitButton kind="quiet">{t.now}</SubmitButton>
          <span className="quiet">{t.nowHint}</span>
        </PostForm>
      ) : (
        <p className="quiet">{t.adminOnly}</p>
      )}
      {last ? <StockHistory checks={checks} /> : <p className="quiet">{t.never}</p>}
      {last ? last.worst.length > 0 ? <StockGaps gaps={last.worst} /> : <p>{t.noWorst}</p> : null}
      <p className="quiet">{t.rule}</p>
    </>
  );
}
