import { createReadStream } from "node:fs";
import { createRequire } from "node:module";
import type { Address } from "./address.ts";
import { onDemand } from "./on-demand.ts";
import { type Operator, operators } from "./operators.ts";

/** Ranges of our operators, in order, beside each other: a few hundred of the four hundred thousand in the file. */
export type Ranges = { starts: bigint[]; ends: bigint[]; owners: Operator[] };

const file = (name: string) => createRequire(import.meta.url).resolve(`@ip-location-db/asn/${name}`);
const ranges = {
  4: onDemand(() => readRanges(file("asn-ipv4-num.csv"))),
  6: onDemand(() => readRanges(file("asn-ipv6-num.csv"))),
};

/** Whose network an address is in; null: none that we know. */
export async function operatorOf({ version, number }: Address): Promise<Operator | null> {
  return findRange(await ranges[version](), number);
}

/**
 * Reads `start,end,number,name` lines once, a piece at a time, and keeps those of our operators. The file is in order.
 */
export async function readRanges(path: string): Promise<Ranges> {
  const kept: Ranges = { starts: [], ends: [], owners: [] };
  let rest = "";
  for await (const piece of createReadStream(path, "latin1")) {
    const lines = `${rest}${piece}`.split("\n");
    rest = lines.pop()!;
    for (const line of lines) keep(line, kept);
  }
  keep(rest, kept);
  return kept;
}

function keep(line: string, { starts, ends, owners }: Ranges) {
  const first = line.indexOf(",");
  const second = line.indexOf(",", first + 1);
  const third = line.indexOf(",", second + 1);
  const owner = operators.get(Number(line.slice(second + 1, third < 0 ? undefined : third)));
  if (!owner || second < 0) return;
  starts.push(BigInt(line.slice(0, first)));
  ends.push(BigInt(line.slice(first + 1, second)));
  owners.push(owner);
}

/** The range that holds a number, by halving. */
export function findRange({ starts, ends, owners }: Ranges, number: bigint): Operator | null {
  let low = 0;
  let high = starts.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (number < starts[middle]!) high = middle - 1;
    else if (number > ends[middle]!) low = middle + 1;
    else return owners[middle]!;
  }
  return null;
}
