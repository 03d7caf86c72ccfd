import { handler } from "../handler.ts";

export default handler("abuse.time-passed.sweep", (_, { wakeAbuse }) => wakeAbuse());
