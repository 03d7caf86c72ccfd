import { z } from "zod";

// What the watcher knows, as it stands in its file. Nothing here asks anybody or knows the time: it is told both.

/** DATABASE: sites answer and cannot reach it. SITE: none answers. WEB: some do not. WORKER: no sign of life of it. */
export const watched = ["DATABASE", "SITE", "WEB", "WORKER"] as const;
export type Watched = (typeof watched)[number];
/** What one round of questions found: true is well; what could not be seen is left out. */
export type Seen = Partial<Record<Watched, boolean>>;

const streak = z.object({ bad: z.number(), good: z.number(), since: z.number() });
const outage = z.object({
  id: z.uuid(),
  what: z.enum(watched),
  began: z.number(),
  ended: z.number().nullable(),
  /** How many reminders were put on their way. */
  reminded: z.number(),
  /** What the database has been told of it. */
  written: z.enum(["NOTHING", "BEGUN", "ENDED"]),
});
const message = z.object({
  id: z.string(),
  outage: z.uuid(),
  what: z.enum(watched),
  kind: z.enum(["BEGUN", "STILL", "ENDED"]),
  began: z.number(),
  at: z.number(),
  /** It was on its way when something cut it off: it may have arrived. */
  sending: z.boolean(),
  tries: z.number(),
  dueAt: z.number(),
});
const shape = z.object({
  streaks: z.partialRecord(z.enum(watched), streak),
  outages: z.array(outage),
  messages: z.array(message),
});
export type State = z.output<typeof shape>;
export type Outage = z.output<typeof outage>;
export type Message = z.output<typeof message>;

export const nothingKnown = (): State => ({ streaks: {}, outages: [], messages: [] });

/** What a file says; null when it says nothing that we wrote. */
export function readState(text: string): State | null {
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** So many rounds in a row make an outage, and so many end it. */
export const badRounds = 3;
export const goodRounds = 2;
const minuteMs = 60_000;
/** After so long people are told again: nobody can say «Saya tangani» while there is no database. */
export const remindersAfter = [15 * minuteMs, 60 * minuteMs, 240 * minuteMs];

/** The state after a round of questions: what has begun, goes on for long or is over, and who is to be told. */
export function observe(state: State, seen: Seen, now: number, newId: () => string): State {
  const next: State = structuredClone(state);
  for (const what of watched) {
    const well = seen[what];
    if (well === undefined) continue;
    const streak = (next.streaks[what] ??= { bad: 0, good: 0, since: now });
    const turned = well ? streak.bad > 0 : streak.bad === 0;
    if (turned) streak.since = now;
    streak.good = well ? streak.good + 1 : 0;
    streak.bad = well ? 0 : streak.bad + 1;
    const open = next.outages.find((one) => one.what === what && one.ended === null);
    if (!open && streak.bad >= badRounds) {
      const id = newId();
      next.outages.push({ id, what, began: streak.since, ended: null, reminded: 0, written: "NOTHING" });
      next.messages.push(messageOf({ id, what, began: streak.since }, "BEGUN", now));
    } else if (open && streak.good >= goodRounds) {
      open.ended = streak.since;
      next.messages.push(messageOf(open, "ENDED", streak.since, now));
    } else if (open && !well && now - open.began >= (remindersAfter[open.reminded] ?? Infinity)) {
      open.reminded += 1;
      next.messages.push(messageOf(open, "STILL", now));
    }
  }
  return next;
}

function messageOf(
  { id, what, began }: Pick<Outage, "id" | "what" | "began">,
  kind: Message["kind"],
  at: number,
  dueAt = at,
): Message {
  return { id: `${id}/${kind}/${at}`, outage: id, what, kind, began, at, sending: false, tries: 0, dueAt };
}

/** What is over, told and written is forgotten. */
export function forgetDone(state: State): State {
  const told = (id: string) => !state.messages.some((message) => message.outage === id);
  return { ...state, outages: state.outages.filter((one) => !(one.written === "ENDED" && told(one.id))) };
}
