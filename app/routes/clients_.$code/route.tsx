import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { findStoreToAct } from "#app/shadow/acting.server.ts";
import { ActingPage } from "#app/shadow/acting-page.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ store: { name: string } }>((t, data) =>
  data ? t.shadow.acting.title(data.store.name) : t.shadow.clients.title,
);

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, data } = await page(args, "salesman", (db) => findStoreToAct(db, args.params.code ?? ""));
  const next = new URL(args.request.url).searchParams.get("next");
  return {
    ...data,
    next,
    acting: viewer.acting && viewer.store ? { id: viewer.acting.id, store: viewer.store.name } : null,
  };
}

export default function BeginActing() {
  return <ActingPage {...useLoaderData<typeof loader>()} />;
}
