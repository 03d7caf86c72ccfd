import { createRequire } from "node:module";
import { Writable } from "node:stream";
import type { EntryContext, ServerBuild } from "@remix-run/node";
import { SignJWT } from "jose";
import { pino } from "pino";
import { createServer } from "../../../server/create-server.ts";
import { handlerFor } from "../../../server/routes.ts";
import { staticFiles } from "../../../server/static-files.ts";
import { portOf } from "#supabase/local/ports.ts";

const require = createRequire(import.meta.url);
type FlatRoute = { id: string; path?: string; index?: boolean; parentId?: string; file: string };

/** Every route of the product, by the file names that the build reads too. `path` without a slash in front. */
export function siteMap(): FlatRoute[] {
  const { flatRoutes } = require("@remix-run/dev/dist/config/flat-routes.js") as {
    flatRoutes(dir: string, ignored: string[]): Record<string, FlatRoute>;
  };
  return Object.values(flatRoutes("app", ["**/*.css", "**/*.test.*"]));
}

export type RouteModule = { loader?: unknown; action?: unknown; default?: unknown; ErrorBoundary?: unknown };
/** The modules of all routes, by id. */
export async function routeModules(): Promise<Record<string, RouteModule>> {
  const load = async ({ id, file }: FlatRoute) =>
    [
      id,
      (await import(/* @vite-ignore */ new URL(`../../../app/${file}`, import.meta.url).href)) as RouteModule,
    ] as const;
  return Object.fromEntries(await Promise.all(siteMap().map(load)));
}

/** What turns a page's data into its answer, as app/entry.server.tsx does. */
export type Render = (
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
) => Promise<Response> | Response;

/** The whole product as Remix has it after a build, made from its source. `render` takes the place of its own. */
export async function wholeApp(render?: Render): Promise<ReturnType<typeof handlerFor>> {
  const modules = await routeModules();
  const [entry, root] = await Promise.all([import("#app/entry.server.tsx"), import("#app/root.tsx")]);
  const routes = Object.fromEntries(
    siteMap().map(({ id, path, index }) => [id, { id, parentId: "root", path, index, module: modules[id] }]),
  );
  const asset = (route: { id: string; path?: string; index?: boolean; parentId?: string }, module: RouteModule) => ({
    ...route,
    module: "",
    hasLoader: "loader" in module,
    hasAction: "action" in module,
    hasErrorBoundary: "ErrorBoundary" in module,
  });
  const build = {
    entry: { module: render ? { ...entry, default: render } : entry },
    publicPath: "/",
    assetsBuildDirectory: "",
    isSpaMode: false,
    basename: "/",
    assets: {
      entry: { imports: [], module: "" },
      routes: {
        root: asset({ id: "root", path: "" }, root),
        ...Object.fromEntries(
          siteMap().map(({ id, path, index }) => [id, asset({ id, path, index, parentId: "root" }, modules[id]!)]),
        ),
      },
      url: "",
      version: "uji",
    },
    future: {
      v3_singleFetch: true,
      v3_relativeSplatPath: true,
      v3_throwAbortReason: true,
      v3_fetcherPersist: true,
      v3_lazyRouteDiscovery: true,
    },
    routes: { root: { id: "root", path: "", module: root }, ...routes },
  } as unknown as ServerBuild;
  return handlerFor(build, "production");
}

/** The web server on a port of its own with the whole product behind it; `lines` is what it logged. */
export async function serveApp(more: Partial<Parameters<typeof createServer>[0]> = {}) {
  const lines: string[] = [];
  const log = pino(new Writable({ write: (line, _encoding, done) => (lines.push(String(line)), done()) }));
  const handle = await wholeApp();
  const { env } = await import("#app/env.server.ts"); // Not before a test has set what it is made of.
  const server = createServer({
    handle,
    appUrl: "http://alfa.test",
    trustedProxyHops: 1,
    whatsapp: env.HQ_WHATSAPP,
    log,
    before: [staticFiles("public")],
    ...more,
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const port = portOf(server);
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    lines,
    server,
    close: () => new Promise((closed) => server.close(closed).closeAllConnections()),
  };
}

/** The session cookie of somebody whose login is in the database. */
export async function cookieOf(person: { userId: string; sessionId: string }, seconds = 3600): Promise<string> {
  const token = await new SignJWT({ session_id: person.sessionId, role: "authenticated" })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(person.userId)
    .setAudience("authenticated")
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
    .sign(new TextEncoder().encode(process.env.SUPABASE_JWT_SECRET));
  const stored = {
    access_token: token,
    refresh_token: crypto.randomUUID(),
    token_type: "bearer",
    expires_in: seconds,
    expires_at: Math.floor(Date.now() / 1000) + seconds,
    user: { id: person.userId },
  };
  return `alfa-session=base64-${Buffer.from(JSON.stringify(stored)).toString("base64url")}`;
}

/** Asks as one browser asks: no redirects followed. Nothing is packed, which is tried elsewhere and takes its time. */
export function ask(origin: string, path: string, init: RequestInit = {}) {
  const headers = new Headers(init.headers);
  headers.set("accept-encoding", "identity");
  return fetch(origin + path, { redirect: "manual", ...init, headers });
}
