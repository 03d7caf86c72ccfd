import { State } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import type { DrillState as Drilled } from "./playbook.ts";

/** Whether a playbook was practised in time. */
export function DrillState({ state }: { state: Drilled }) {
  const { states } = useMessages().playbooks.drill;
  return <State tone={({ NEVER: "warn", GOOD: "good", LATE: "bad" } as const)[state]}>{states[state]}</State>;
}
