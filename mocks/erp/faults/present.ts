import type { Fault, Operation, Target } from "./modes.ts";

export type Present = ReturnType<typeof openPresent>;

/** What is broken at present: everything, or some operations alone. */
export function openPresent(flapMs: number) {
  let now: { fault: Fault; only: Target[]; since: number } = { fault: "up", only: [], since: Date.now() };
  return {
    now: () => now,
    break: (fault: Fault, only: Target[] = []) => void (now = { fault, only, since: Date.now() }),
    /** What a call of an operation meets at this moment. */
    faultFor(operation: Operation): Fault {
      const { fault, only, since } = now;
      const meant = only.length === 0 || only.some((target) => covers(target, operation));
      if (!meant || (fault === "lost" && only.length === 0 && operation !== "create")) return "up";
      if (fault === "flap") return Math.floor((Date.now() - since) / flapMs) % 2 === 0 ? "refuse" : "up";
      return fault;
    },
  };
}

const covers = (target: Target, operation: Operation) =>
  target === operation || (target === "orders" && (operation === "find" || operation === "create"));
