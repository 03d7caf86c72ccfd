import { z } from "zod";

/**
 * The playbooks and their steps, as the database has them (69-playbooks.sql), in the parts in which the company wrote
 * them. A test holds both to each other.
 */
export const playbooks = {
  "erp-heartattack": {
    immediate: ["degraded", "bypass", "snapshot"],
    communication: ["banner"],
    recovery: ["bridge", "reconcile"],
    after: ["bypass-off"],
  },
  "agent-abuse": { immediate: ["force-logout", "suspend"], forensic: ["trail", "places"], legal: ["evidence"] },
  "whatsapp-link": { fallback: ["copy", "paste"] },
  "kiamat-digital": { manual: ["pack", "paper"], after: ["tell-salesmen", "photos", "restore"] },
  "database-restore": { procedure: ["dashboard", "backups", "snapshot", "restore"], after: ["look-after"] },
  "key-rotation": { procedure: ["regenerate", "environment", "redeploy"], after: ["look-after"] },
  maintenance: { contain: ["enable"], after: ["tell", "end"] },
  rollback: { contain: ["instant"], after: ["look-after"], review: ["post-mortem"] },
  "data-deletion": { routine: ["routine"], request: ["request"], after: ["receipt"] },
} as const satisfies Record<string, Record<string, readonly string[]>>;

export type Slug = keyof typeof playbooks;
export type PartOf<S extends Slug> = keyof (typeof playbooks)[S] & string;
export type StepOf<S extends Slug> = (typeof playbooks)[S][keyof (typeof playbooks)[S]] extends readonly (infer One)[]
  ? One & string
  : never;

export const slugs = Object.keys(playbooks) as Slug[];
export const isSlug = (slug: string): slug is Slug => Object.hasOwn(playbooks, slug);

/** Its parts in order, each with its steps. */
export const partsOf = (slug: Slug): Array<{ part: string; steps: readonly string[] }> =>
  Object.entries(playbooks[slug]).map(([part, steps]) => ({ part, steps }));

/** Its steps in order. */
export const stepsOf = (slug: Slug): string[] => partsOf(slug).flatMap(({ steps }) => steps);

export const results = ["PASSED", "FAILED"] as const;
export type Result = (typeof results)[number] | "DONE";

/** How a drill stands: none yet, in time, or too long ago. */
export type DrillState = "NEVER" | "GOOD" | "LATE";

/** Begins a run: for the incident of that number, or as a drill. */
export const startForm = z.object({
  drill: z.literal("yes").optional(),
  incident: z.string().trim().max(20, "TOO_LONG").default(""),
});

/**
 * The one form of a run's page: `step` names the step whose button was pressed, `go` a page that it leads to. Each
 * step has a field of its own (noteField, reasonField), and whether what is in it will do is judged by the database.
 */
export const runForm = z.looseObject({
  step: z.string().max(40, "STALE").default(""),
  go: z.string().max(90, "STALE").default(""),
  result: z.string().max(10, "RESULT").default(""),
  outcome: z.string().trim().max(500, "TOO_LONG").default(""),
});
export const noteField = (step: string) => `note-${step}`;
export const reasonField = (step: string) => `reason-${step}`;

/** What was typed beside what a button has saved: it stays in its fields. */
export function typedBeside(form: Record<string, unknown>, ...saved: string[]): Record<string, string> {
  const typed = Object.entries(form).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === "string" &&
      entry[1].trim() !== "" &&
      /^(?:note-|reason-|outcome$|result$)/.test(entry[0]) &&
      !saved.includes(entry[0]),
  );
  return Object.fromEntries(typed);
}

/** What was typed, by the step that it is about; what came of the whole is about the step that is left. */
export function notesIn(
  slug: Slug,
  form: Record<string, unknown>,
  left: string,
): Array<{ step: string; note: string }> {
  const typed = (step: string) => [noteField(step), reasonField(step), ...(step === left ? ["outcome"] : [])];
  return stepsOf(slug).flatMap((step) =>
    typed(step).flatMap((field) => {
      const note = form[field];
      return typeof note === "string" && note.trim() ? [{ step, note }] : [];
    }),
  );
}

/** The page of a run, at one of its steps. */
export const runPlace = (slug: string, run: number, step?: string) =>
  `/admin/playbooks/${slug}/${run}${step ? `#${step}` : ""}`;
