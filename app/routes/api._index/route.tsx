import { useLoaderData } from "@remix-run/react";
import { describeApi } from "#app/api/described.ts";
import { page } from "#app/http/page.server.ts";
import { promised } from "#app/vitals/services.ts";
import { useMessages } from "#app/ui/language.tsx";
import { title } from "#app/ui/title.ts";
import { ApiOperation } from "./operation.tsx";
import type { LoaderFunctionArgs } from "@remix-run/node";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.api.title);

/** What programs can ask, for whoever writes them: made of the contract that the server holds to. */
export async function loader(args: LoaderFunctionArgs) {
  await page(args, "anyone", () => Promise.resolve(null));
  return { operations: describeApi() };
}

export default function Api() {
  const t = useMessages().api;
  const { operations } = useLoaderData<typeof loader>();
  const promise = (address: string) => promised.find(({ key }) => key === address)?.p95;
  return (
    <>
      <h1>{t.title}</h1>
      <p className="lead">{t.description}</p>
      <p>
        <a href="/api/openapi.json">{t.document}</a>
      </p>
      <p>{t.session}</p>
      <ul>
        {operations.map(({ name, method, path }) => (
          <li key={name}>
            <a href={`#${name}`}>{t.operations[name].title}</a>{" "}
            <code className="break">
              {method} {path}
            </code>
          </li>
        ))}
      </ul>
      {operations.map((operation) => (
        <ApiOperation
          key={operation.name}
          operation={operation}
          p95={promise(`${operation.method} ${operation.path}`)}
        />
      ))}
    </>
  );
}
