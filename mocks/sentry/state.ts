import { z } from "zod";

/** `slow`: it never answers; `lost`: the event is taken and the answer never arrives. */
export const sentryModes = ["up", "down", "500", "429", "slow", "lost"] as const;
export type SentryMode = (typeof sentryModes)[number];

export const eventShape = z.looseObject({
  event_id: z.string().regex(/^[0-9a-f]{32}$/),
  timestamp: z.number(),
  level: z.enum(["fatal", "error", "warning", "info", "debug"]),
  message: z.string(),
  logger: z.string(),
  tags: z.record(z.string(), z.unknown()).default({}),
  contexts: z.looseObject({ trace: z.looseObject({ trace_id: z.string() }).optional() }).default({}),
});
export type SentryEvent = z.output<typeof eventShape>;

const headShape = z.looseObject({ event_id: z.string(), sent_at: z.string() });
const itemShape = z.looseObject({ type: z.string(), length: z.number().optional() });

/** What the pretended Sentry took, newest last, a thousand at most. */
export class SentryState {
  mode: SentryMode = "up";
  requests = 0;
  private events: SentryEvent[] = [];

  /** An envelope: a line about itself, then for each item a line about it and one of it. False: it is none. */
  accept(envelope: string): boolean {
    const [head, ...items] = envelope.split("\n").filter(Boolean).map(parsed);
    if (!headShape.safeParse(head).success) return false;
    for (let at = 0; at < items.length; at += 2) {
      const item = itemShape.safeParse(items[at]);
      if (!item.success) return false;
      if (item.data.type !== "event") continue;
      const event = eventShape.safeParse(items[at + 1]);
      if (!event.success) return false;
      this.events = [...this.events.slice(-999), event.data];
    }
    return true;
  }

  /** Newest first. */
  list = (): SentryEvent[] => [...this.events].reverse();
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
