import { handler } from "../handler.ts";

// The trace was written with the order; whichever is due is looked at, this one among them.
export default handler("order.shadow-placed.inspect", (_, { wakeInspections }) => wakeInspections());
