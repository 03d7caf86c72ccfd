import type { Column, Described } from "./described.ts";
import { partsOf, type Shape, written } from "./shape.ts";

/** What the driver makes of a column of a type. */
type Made = "string" | "number" | "boolean" | "Date" | "json";

function madeOf(type: string): Made | "unknown" {
  if (/^(text|uuid|character varying|name|numeric|inet|citext)/.test(type)) return "string";
  if (/^(bigint|integer|smallint|double precision|real|oid)$/.test(type)) return "number";
  if (/^(timestamp|date$)/.test(type)) return "Date";
  if (/^jsonb?$/.test(type)) return "json";
  return type === "boolean" ? "boolean" : "unknown";
}

/**
 * Where a claimed row and what Postgres says of statements differ, a line for each column. `argued`: columns of which
 * we know more than Postgres does, so that only their names and types are looked at.
 */
export function faultsOf(row: Shape, statements: Described[], argued: (column: string) => boolean): string[] {
  const faults = new Set<string>();
  const rows = partsOf(row).filter((part) => part.is === "object");
  const claimed = (name: string) => rows.map(({ fields }) => fields.get(name) ?? ({ is: "undefined" } as const));
  const names = new Set(rows.flatMap(({ fields }) => [...fields.keys()]));
  const sometimesNull = new Set<string>();

  for (const statement of statements) {
    if ("refused" in statement) {
      faults.add(`Postgres refuses it: ${statement.refused}`);
      continue;
    }
    for (const name of names)
      if (
        !statement.has(name) &&
        !claimed(name)
          .flatMap(partsOf)
          .some(({ is }) => is === "undefined")
      )
        faults.add(`${name}: ${written({ is: "either", of: claimed(name) })} is claimed, there is no such column`);
    for (const [name, column] of statement) {
      if (!column.certain) sometimesNull.add(name);
      if (!names.has(name)) faults.add(`${name}: nothing is claimed, ${column.type} comes`);
      else {
        const { wrong, doubtful } = columnFaults(claimed(name), column);
        for (const fault of [...wrong, ...(doubtful.length > 0 && !argued(name) ? doubtful : [])])
          faults.add(`${name}: ${fault}`);
      }
    }
  }
  for (const name of names) {
    if (
      !sometimesNull.has(name) &&
      claimed(name)
        .flatMap(partsOf)
        .some(({ is }) => is === "null")
    )
      faults.add(`${name}: null is claimed among others, it never is`);
  }
  return [...faults];
}

function columnFaults(claims: Shape[], { type, certain, words }: Column) {
  const parts = claims.flatMap(partsOf);
  const said = written({ is: "either", of: claims });
  const values = parts.filter(({ is }) => is !== "null" && is !== "undefined");
  const wrong = values.every((part) => fits(part, type)) ? [] : [`${said} is claimed, ${type} comes`];
  const doubtful: string[] = [];
  if (!certain && !parts.some(({ is }) => is === "null" || is === "undefined" || is === "anything"))
    doubtful.push(`${said} is claimed, null may come`);
  const literals = [...new Set(values.flatMap((part) => (part.is === "literal" ? [String(part.value)] : [])))];
  if (words && literals.length > 0 && words.toSorted().join() !== literals.toSorted().join())
    doubtful.push(`${said} is claimed, ${words.map((word) => JSON.stringify(word)).join(" | ")} may come`);
  return { wrong, doubtful };
}

function fits(part: Shape, type: string): boolean {
  if (part.is === "anything") return true;
  const item = /^(.*)\[\]$/.exec(type)?.[1];
  // The driver makes numbers of single bigints only.
  if (item) return part.is === "array" && partsOf(part.of).every((one) => fits(one, item === "bigint" ? "text" : item));
  const made = madeOf(type);
  if (made === "json") return !hasDate(part);
  return part.is === "literal" ? typeof part.value === made : part.is === made;
}

/** JSON knows no dates: they arrive as text. */
function hasDate(shape: Shape): boolean {
  if (shape.is === "Date") return true;
  if (shape.is === "array") return hasDate(shape.of);
  if (shape.is === "either") return shape.of.some(hasDate);
  return shape.is === "object" && [...shape.fields.values(), ...(shape.others ? [shape.others] : [])].some(hasDate);
}
