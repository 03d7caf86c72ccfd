import { problem } from "#app/http/problem.server.ts";

/** The server takes what is posted here itself, before Remix; here for development, where Vite stands in between. */
export const action = () => new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
export const loader = () => problem("not-found");
