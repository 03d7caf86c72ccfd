import { type ActionFunctionArgs, data, type HeadersFunction, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { page } from "#app/http/page.server.ts";
import { reply } from "#app/http/reply.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { LinkPage } from "#app/status/link-page.tsx";
import { leaveStatus, readStatusLink } from "#app/status/status.server.ts";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.status.links.leaveTitle);
// The address is a key: it is kept nowhere and told to no other site.
export const headers: HeadersFunction = () => ({
  "cache-control": "private, no-store",
  "referrer-policy": "same-origin",
  "x-robots-tag": "noindex, nofollow",
});

/** Opening it changes nothing: mail scanners open every link. */
export async function loader(args: LoaderFunctionArgs) {
  const token = args.params.token ?? "";
  const { data: state } = await page(args, "anyone", (db) => readStatusLink(db, "leave", token));
  return data({ token, state }, { status: state === "FORGED" ? 404 : 200 });
}

/** Off the list, by the button or by the mail program itself, which wants no way on in the answer (RFC 8058). */
export const action = (args: ActionFunctionArgs) =>
  submit(args, "anyone", z.object({}), async (_, visit) => {
    const state = await visit.writeAsGuest((db) => leaveStatus(db, args.params.token ?? ""));
    return reply(state === "FORGED" ? 404 : 200, {}, []);
  });

export default function Link() {
  const { token, state } = useLoaderData<typeof loader>();
  useActionData<typeof action>(); // What it made of it, the loader has read.
  return <LinkPage what="leave" action={`/status/unsubscribe/${token}`} state={state} />;
}
