import "@remix-run/node";
import type { RequestContext } from "./http/visit.server.ts";

// Types for what remix.config.js turns on, and for what server.ts hands to every loader and action.
declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: true;
  }
  interface AppLoadContext extends RequestContext {}
}
