import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import { matchRoutes } from "@remix-run/react";

type Flat = Pick<ServerBuild["routes"][string], "id" | "parentId" | "path" | "index">;
type Nested = { id: string; path?: string; index?: boolean; children?: Nested[] };
type Handle = ReturnType<typeof createRequestHandler>;

/** An address that is none of ours. */
const nobodys = "other";

export type Routes = {
  /** Which pattern of ours an address is (`/orders/:number`): what is counted and told, in its place. */
  patternOf: (path: string) => string;
  /** Whether there is such a pattern. */
  isPattern: (pattern: string) => boolean;
};

export function routePatterns(flat: Flat[]): Routes {
  const known = new Set(
    flat.map((route) => `/${pathsAbove(route, flat).join("/")}`).filter((one) => !one.endsWith("*")),
  );
  const nestedFor = perCandidates(flat, (routes) => nested(routes) as Parameters<typeof matchRoutes>[0]);
  return {
    isPattern: (pattern) => known.has(pattern),
    patternOf(path) {
      try {
        decodeURI(path); // Else the router would print it.
        const matches = matchRoutes(nestedFor(path), path) ?? [];
        const pattern = `/${matches.flatMap(({ route }) => route.path || []).join("/")}`;
        return known.has(pattern) && (pattern !== "/" || path === "/") ? pattern : nobodys;
      } catch {
        return nobodys; // What cannot be decoded is no address.
      }
    },
  };
}

/**
 * What answers requests with a build. Remix compiles and ranks all routes anew for each request, several times, which
 * takes a quarter of a page's time: it is told of those alone that the address may be. They keep their order, so that
 * it chooses as among all.
 */
export function handlerFor(build: ServerBuild, mode: string): Handle {
  const flat = Object.values(build.routes).filter((route) => route !== undefined);
  const handle = perCandidates(flat, (routes) => {
    const among = <Route>(all: Record<string, Route>) =>
      Object.fromEntries(routes.flatMap(({ id }) => (all[id] === undefined ? [] : [[id, all[id]]])));
    const assets = { ...build.assets, routes: among(build.assets.routes) };
    return createRequestHandler({ ...build, routes: among(build.routes), assets } as ServerBuild, mode);
  });
  return (request, context) => handle(new URL(request.url).pathname)(request, context);
}

/** What is made of the routes that an address may be; made once for the same ones. */
function perCandidates<Made, Route extends Flat>(flat: Route[], make: (routes: Route[]) => Made) {
  const kept = new Map<string, Made>();
  const mayBe = flat.map((route) => ({
    pattern: partsOf(pathsAbove(route, flat).join("/")),
    ids: idsAbove(route, flat),
  }));
  return (path: string): Made => {
    const asked = partsOf(path).map(decoded);
    const ids = new Set(mayBe.flatMap(({ pattern, ids }) => (fits(pattern, asked) ? ids : [])));
    const key = [...ids].join("\n");
    if (!kept.has(key)) kept.set(key, make(flat.filter(({ id }) => ids.has(id))));
    return kept.get(key)!;
  };
}

const partsOf = (path: string) => path.split("/").filter(Boolean);

/** Whether these parts may be of this pattern. Never no where the router says yes. */
function fits(pattern: string[], asked: string[]): boolean {
  for (const [i, part] of pattern.entries()) {
    if (part === "*" || part.endsWith("?")) return true;
    if (asked[i] === undefined || (!part.startsWith(":") && part.toLowerCase() !== asked[i])) return false;
  }
  return pattern.length === asked.length;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part).toLowerCase(); // The router asks no case either.
  } catch {
    return part; // The gate turns it away.
  }
}

function nested(flat: Flat[], parentId?: string): Nested[] {
  return flat
    .filter((route) => route.parentId === parentId)
    .map(({ id, path, index }) => (index ? { id, path, index } : { id, path, children: nested(flat, id) }));
}

const above = ({ parentId }: Flat, flat: Flat[]) => flat.find(({ id }) => id === parentId);

function pathsAbove(route: Flat, flat: Flat[]): string[] {
  const parent = above(route, flat);
  return [...(parent ? pathsAbove(parent, flat) : []), ...(route.path ? [route.path] : [])];
}

function idsAbove(route: Flat, flat: Flat[]): string[] {
  const parent = above(route, flat);
  return [...(parent ? idsAbove(parent, flat) : []), route.id];
}
