import { z } from "zod";

const logLine = z.looseObject({ level: z.number(), msg: z.string(), err: z.unknown().optional() });

/** A line of the log of one of our processes. */
export const readLogLine = (line: string) => logLine.parse(JSON.parse(line));
