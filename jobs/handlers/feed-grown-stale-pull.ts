import { handler } from "../handler.ts";

export default handler("feed.grown-stale.pull", (_, { wakePulls }) => wakePulls());
