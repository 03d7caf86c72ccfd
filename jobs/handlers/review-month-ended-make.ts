import { handler } from "../handler.ts";

export default handler("review.month-ended.make", (_, { wakeReviews }) => wakeReviews());
