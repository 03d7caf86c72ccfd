import { handler } from "../handler.ts";

export default handler("notice.written.send", (_, { wakeNotices }) => wakeNotices());
