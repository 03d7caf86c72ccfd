import { encodeCursor } from "#app/db/cursor.ts";
import { partsOf, type Shape } from "./shape.ts";

/** Which of so many alternatives a part of the arguments, named by its path, is given. */
type Choose = (path: string, options: number) => number;

// What strings of ours look like, so that those that are looked at before they are looked for pass.
const usual = ["ORD-2026-000001", "2026-10", "email.sent", ""];
const cursors = [[1], [1, 1], [1, 1, 1], ["1"], ["1", "1"], ["1", 1]].map(encodeCursor).concat("2026-10");

/**
 * Arguments of these types: the fullest (everything there), the barest (nothing that may be missing), and both again
 * with each one and each two of their parts different in each way.
 */
export function* samplesOf(parameters: Array<{ name: string; shape: Shape }>): Generator<unknown[]> {
  for (const base of [() => 0, (options: number) => options - 1]) {
    const met = new Map<string, number>();
    let other = new Map<string, number>();
    const choose: Choose = (path, options) => {
      met.set(path, options);
      return Math.min(other.get(path) ?? base(options), options - 1);
    };
    const make = () => parameters.map(({ name, shape }) => sample(choose, shape, name));
    yield make();
    const ways = [...met].flatMap(([path, options]) =>
      Array.from({ length: options }, (_, index) => [path, index] as const),
    );
    for (const one of ways)
      for (const two of ways) {
        if (one[0] < two[0] || one === two) {
          other = new Map([one, two]);
          yield make();
        }
      }
  }
}

function sample(choose: Choose, shape: Shape, path: string): unknown {
  const pick = <T>(options: T[]): T => options[choose(path, options.length)]!;
  switch (shape.is) {
    case "either": {
      const parts = partsOf(shape);
      const there = parts.filter((part) => part.is !== "null" && part.is !== "undefined");
      return sample(choose, pick([...there, ...parts.filter((part) => !there.includes(part))]), `${path}|`);
    }
    case "literal":
      return shape.value;
    case "null":
      return null;
    case "string":
      return pick(/(after|before)\|?$/.test(path) ? cursors : usual);
    case "number":
      return 1 - choose("numbers", 2);
    case "boolean":
      return pick([true, false]);
    case "Date":
      return new Date(0);
    case "array":
      return pick([true, false]) ? [sample(choose, shape.of, `${path}[]`)] : [];
    case "object":
      return Object.fromEntries(
        [...shape.fields].map(([name, field]) => [name, sample(choose, field, `${path}.${name}`)]),
      );
    default:
      return undefined;
  }
}
