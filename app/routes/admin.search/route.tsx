import { data as answer, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { groupsOf, isFewDigits, placeOfHit, readTyped } from "#app/lookup/lookup.ts";
import { lookUp } from "#app/lookup/lookup.server.ts";
import { useMessages } from "#app/ui/language.tsx";
import { tooLong } from "#app/ui/list.ts";
import { title } from "#app/ui/title.ts";
import { Results } from "./results.tsx";
import { Ways } from "./ways.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.lookup.title);

/** Leads straight to what alone was found, unless a few digits found it. */
export async function loader(args: LoaderFunctionArgs) {
  const params = new URL(args.request.url).searchParams;
  const typed = readTyped(params);
  const { data } = await page(args, "staff", (db) => lookUp(db, typed));
  const [only, ...others] = data;
  if (only && others.length === 0 && !isFewDigits(typed)) throw redirect(placeOfHit(only), { status: 303 });
  return answer({ typed, groups: groupsOf(data) }, { status: tooLong(params) ? 400 : 200 });
}

export default function Search() {
  const t = useMessages().lookup;
  const { typed, groups } = useLoaderData<typeof loader>();
  const found = groups.length > 0;
  return (
    <>
      <h1>{!typed ? t.title : found ? t.resultsFor(typed) : t.nothing(typed)}</h1>
      {found ? <Results groups={groups} /> : <Ways />}
    </>
  );
}
