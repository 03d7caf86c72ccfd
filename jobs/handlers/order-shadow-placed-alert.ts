import { handler } from "../handler.ts";

// The alert row was written with the order; whichever alert is due goes out, this one among them.
export default handler("order.shadow-placed.alert", (_, { wakeAlerts }) => wakeAlerts());
