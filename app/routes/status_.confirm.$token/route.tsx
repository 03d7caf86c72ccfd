import { type ActionFunctionArgs, data, type HeadersFunction, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { page } from "#app/http/page.server.ts";
import { reply } from "#app/http/reply.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { LinkPage } from "#app/status/link-page.tsx";
import { confirmStatus, readStatusLink } from "#app/status/status.server.ts";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.status.links.confirmTitle);
// The address is a key: it is kept nowhere and told to no other site.
export const headers: HeadersFunction = () => ({
  "cache-control": "private, no-store",
  "referrer-policy": "same-origin",
  "x-robots-tag": "noindex, nofollow",
});

/** Opening it changes nothing: mail scanners open every link. */
export async function loader(args: LoaderFunctionArgs) {
  const token = args.params.token ?? "";
  const { data: state } = await page(args, "anyone", (db) => readStatusLink(db, "confirm", token));
  return data({ token, state }, { status: state === "FORGED" ? 404 : 200 });
}

/** From now on the address is told. Twice is once. */
export const action = (args: ActionFunctionArgs) =>
  submit(args, "anyone", z.object({}), async (_, visit) => {
    const state = await visit.writeAsGuest((db) => confirmStatus(db, args.params.token ?? ""));
    return reply(state === "FORGED" ? 404 : 200, {}, []);
  });

export default function Link() {
  const { token, state } = useLoaderData<typeof loader>();
  useActionData<typeof action>(); // What it made of it, the loader has read.
  return <LinkPage what="confirm" action={`/status/confirm/${token}`} state={state} />;
}
