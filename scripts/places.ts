import path from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const root = fileURLToPath(new URL("../", import.meta.url));

/** Where the demo keeps its database, credentials and logs. */
export const demoFolder = path.join(root, ".data", "demo");
