import type { ServerBuild } from "@remix-run/node";
import { matchRoutes } from "@remix-run/react";

type Flat = Pick<ServerBuild["routes"][string], "id" | "parentId" | "path" | "index">;
type Nested = { id: string; path?: string; index?: boolean; children?: Nested[] };

/** An address that is none of ours. */
const nobodys = "other";

export type Routes = {
  /** Which pattern of ours an address is (`/orders/:number`): what is counted and told, in its place. */
  patternOf: (path: string) => string;
  /** Whether there is such a pattern. */
  isPattern: (pattern: string) => boolean;
};

export function routePatterns(flat: Flat[]): Routes {
  const below = (parentId: string | undefined): Nested[] =>
    flat
      .filter((route) => route.parentId === parentId)
      .map(({ id, path, index }) => (index ? { id, path, index } : { id, path, children: below(id) }));
  const routes = below(undefined) as Parameters<typeof matchRoutes>[0];
  const known = new Set(
    flat.map((route) => `/${pathsAbove(route, flat).join("/")}`).filter((one) => !one.endsWith("*")),
  );
  return {
    isPattern: (pattern) => known.has(pattern),
    patternOf(path) {
      try {
        decodeURI(path); // Else the router would print it.
        const pattern = `/${(matchRoutes(routes, path) ?? []).flatMap(({ route }) => route.path || []).join("/")}`;
        return known.has(pattern) && (pattern !== "/" || path === "/") ? pattern : nobodys;
      } catch {
        return nobodys; // What cannot be decoded is no address.
      }
    },
  };
}

function pathsAbove({ parentId, path }: Flat, flat: Flat[]): string[] {
  const parent = flat.find(({ id }) => id === parentId);
  return [...(parent ? pathsAbove(parent, flat) : []), ...(path ? [path] : [])];
}
