import { handler } from "../handler.ts";

export default handler("erp.week-ended.check", (_, { wakeErpWeek }) => wakeErpWeek());
