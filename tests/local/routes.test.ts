import type { ServerBuild } from "@remix-run/node";
import { matchRoutes } from "@remix-run/react";
import { expect, test } from "vitest";
import { handlerFor, routePatterns } from "../../server/routes.ts";
import { siteMap } from "../routes/support/whole-app.ts";

// The router is told of few routes for each address, and chooses as if it knew all.

const map = siteMap();
const flat = [
  { id: "root", path: "", parentId: undefined, index: undefined },
  ...map.map(({ id, path, index }) => ({ id, path, index, parentId: "root" as const })),
];
const all = [{ id: "root", path: "", children: map.map(({ id, path, index }) => ({ id, path, index })) }];
const chosen = (path: string) =>
  matchRoutes(all as Parameters<typeof matchRoutes>[0], path)
    ?.map(({ route }) => route.id)
    .join(" ");

/** Each route's own address and what is near it: written large, longer, shorter, escaped, with what is never there. */
const addresses = map.flatMap(({ path = "" }) => {
  const plain = `/${path.replace(/:\w+\?/g, "").replace(/\/+$/, "")}`;
  const given = [plain, `/${path.replace(/\?/g, "")}`].map((one) => one.replace(/:\w+|\*/g, "ORD-2026-000001"));
  return given.flatMap((one) => [
    one,
    `${one}/`,
    `${one}/x`,
    `${one}/x/y`,
    one.toUpperCase(),
    one.replace("/a", "/%61"),
    one.replace(/\/[^/]*$/, ""),
    one.replace(/\/(\w+)$/, "%2F$1"),
    one.replace(/ORD-2026-000001/g, "a%2Fb"),
    one.replace(/ORD-2026-000001/g, "export"),
    one.replace("/", "//x/"),
  ]);
});
const wanted = addresses.filter((path) => path.startsWith("/") && !path.startsWith("//"));

const build = {
  routes: Object.fromEntries(
    flat.map((route) => [
      route.id,
      // What it answers names itself: a route without a page is asked by its loader alone.
      {
        ...route,
        module: { loader: () => new Response(route.id), ...(route.id === "root" && { default: () => null }) },
      },
    ]),
  ),
  assets: { routes: {}, entry: { imports: [], module: "" }, url: "", version: "" },
  entry: { module: { default: () => new Response("a page") } },
  future: { v3_singleFetch: true, v3_relativeSplatPath: true, v3_throwAbortReason: true },
  basename: "/",
  publicPath: "/",
  assetsBuildDirectory: "",
} as unknown as ServerBuild;

test("each address is answered by the route that all routes together choose", async () => {
  const handle = handlerFor(build, "production");
  const ids = new Set<string>();
  for (const path of wanted) {
    const answer = await (await handle(new Request(`http://alfa.test${path}`))).text();
    const id = chosen(path)?.split(" ").at(-1);
    expect([path, answer]).toEqual([path, id]);
    ids.add(answer);
  }
  // The control: there was an address for each of them.
  expect(map.flatMap(({ id }) => (ids.has(id) ? [] : [id]))).toEqual([]);
});

test("a pattern is that of the route that answers", () => {
  const { patternOf } = routePatterns(flat);
  for (const path of wanted) {
    const id = chosen(path)?.split(" ").at(-1);
    const { path: own = "" } = map.find((route) => route.id === id) ?? {};
    expect([path, patternOf(path)]).toEqual([path, own === "*" || own.endsWith("/*") ? "other" : `/${own}`]);
  }
});
