/** What TypeScript says a value is, as far as a value or a column's type can be held against it. */
export type Shape =
  | { is: "anything" }
  | { is: "null" | "undefined" | "string" | "number" | "boolean" | "Date" | "function" | "database" }
  | { is: "literal"; value: string | number | boolean }
  | { is: "array"; of: Shape }
  | { is: "object"; fields: Map<string, Shape>; others: Shape | null }
  | { is: "either"; of: Shape[] };

/** The alternatives of a shape, unions of unions flattened. */
export const partsOf = (shape: Shape): Shape[] => (shape.is === "either" ? shape.of.flatMap(partsOf) : [shape]);

/** In the words of TypeScript, short. */
export function written(shape: Shape): string {
  switch (shape.is) {
    case "literal":
      return JSON.stringify(shape.value);
    case "array":
      return `${written(shape.of)}[]`;
    case "either":
      return [...new Set(partsOf(shape).map(written))].join(" | ");
    case "object":
      return `{ ${[...shape.fields.keys()].join(", ")} }`;
    default:
      return shape.is;
  }
}
