import { BlockList, isIP } from "node:net";

/** Addresses that belong to no place: inside a network, for documents, for everybody at once. */
const reserved = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  reserved.addSubnet(net, bits, "ipv4");
for (const [net, bits] of [
  ["::", 127],
  ["64:ff9b::", 96],
  ["100::", 64],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const)
  reserved.addSubnet(net, bits, "ipv6");

/** An address of the open internet, also as the number that its ranges are written in. */
export type Address = { text: string; version: 4 | 6; number: bigint };

/** Reads an address; null: it is none. `reserved`: it is one that has no place. */
export function readAddress(written: string): Address | "reserved" | null {
  const text = written.trim().replace(/^::ffff:(?=\d+\.)/i, "");
  const version = isIP(text);
  if (version !== 4 && version !== 6) return null;
  if (reserved.check(text, version === 4 ? "ipv4" : "ipv6")) return "reserved";
  return {
    text,
    version,
    number: version === 4 ? numberOf(text.split(".").map(Number), 8n) : numberOf(groupsOf(text), 16n),
  };
}

const numberOf = (parts: number[], bits: bigint) => parts.reduce((sum, part) => (sum << bits) + BigInt(part), 0n);

// A URL writes every spelling of an address the same way: hexadecimal, with at most one "::".
function groupsOf(text: string): number[] {
  const [head = "", tail] = new URL(`http://[${text.replace(/%.*$/, "")}]`).hostname.slice(1, -1).split("::");
  const read = (half: string) => (half === "" ? [] : half.split(":").map((group) => Number.parseInt(group, 16)));
  if (tail === undefined) return read(head);
  return [...read(head), ...Array<number>(8 - read(head).length - read(tail).length).fill(0), ...read(tail)];
}
