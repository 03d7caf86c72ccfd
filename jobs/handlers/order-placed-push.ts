import { handler } from "../handler.ts";

export default handler("order.placed.push", (_, { wakePushes }) => wakePushes());
