import { handler } from "../handler.ts";

export default handler("leftover.piled-up.sweep", (_, { counter }) => counter.sweepLeftovers());
