import { problem } from "#app/http/problem.server.ts";

/** What is no address of the API, however it is asked: a problem document, not a page. */
export const loader = () => problem("not-found");
export const action = loader;
