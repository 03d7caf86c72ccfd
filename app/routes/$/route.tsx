import { visitOf } from "#app/http/visit.server.ts";
import { refusal } from "#app/http/page.server.ts";
import type { LoaderFunctionArgs } from "@remix-run/node";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";

export const meta = title((t) => t.ui.errors.pages[404]![0]);

/** Every address that is nobody's. A route of its own, so that the page around the 404 knows who is looking. */
export async function loader(args: LoaderFunctionArgs) {
  throw refusal(404, (await visitOf(args)).lang, "NOT_FOUND");
}
export const action = loader;

export default () => null;
