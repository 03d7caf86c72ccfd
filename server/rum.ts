import type { IncomingMessage, ServerResponse } from "node:http";
import { limits } from "#app/api/limits.ts";
import { isKey } from "#app/db/posted.server.ts";
import { network } from "#app/network.ts";
import { takeBeacon } from "#app/vitals/vital.ts";
import { isForeign } from "./gate.ts";

/** What a phone measured is some hundred bytes. */
const mostBytes = 8 * 1024;
/** What is longer is read and thrown away, up to here: then the connection ends. */
const drainLimit = 16 * 1024 * 1024;

const minuteMs = 60_000;
const inAll = 6_000;
/** So many keys are remembered. */
const mostKeys = 5_000;

type Rum = { appOrigin: string; isRoute: (pattern: string) => boolean };

/**
 * Takes what phones measured of our pages: answers 204 at once, whatever it is and whatever becomes of it, and looks at
 * it afterwards. Another site's, too many, too long, no sense, an Idempotency-Key that was here: let go of without a
 * word.
 */
export function openRum({ appOrigin, isRoute }: Rum) {
  const [allowed, isNew] = [allowance(), unheard()];
  return (request: IncomingMessage, response: ServerResponse, ip: string): void => {
    response.writeHead(204, { "cache-control": "no-store" }).end();
    const [from, key] = [network(ip), request.headers["idempotency-key"]];
    const welcome = !isForeign(request, appOrigin) && allowed(from) && isNew(from, key);
    const parts: Buffer[] = [];
    let length = 0;
    request.on("data", (part: Buffer) => {
      length += part.length;
      if (welcome && length <= mostBytes) parts.push(part);
      else parts.length = 0;
      if (length > drainLimit) request.destroy();
    });
    request.on("error", () => undefined);
    request.on("end", () => {
      if (welcome && length <= mostBytes) takeBeacon(Buffer.concat(parts).toString("utf8"), isRoute);
    });
  };
}

/** Whether this sender's key has not been here: of this process, and while it is remembered. */
function unheard(): (ip: string, key: string | string[] | undefined) => boolean {
  const heard = new Set<string>();
  return (ip, key) => {
    if (key === undefined) return true;
    // Remembered as it is: a long one would be a way to fill our memory.
    if (typeof key !== "string" || !isKey(key)) return false;
    const name = `${ip} ${key}`;
    if (heard.has(name)) return false;
    heard.add(name);
    const [oldest] = heard;
    if (heard.size > mostKeys && oldest !== undefined) heard.delete(oldest);
    return true;
  };
}

/** So many a minute from an address (a salon's phones share one, and a page is left once), and so many in all. */
function allowance(): (ip: string) => boolean {
  let began = performance.now();
  let all = 0;
  let from = new Map<string, number>();
  return (ip) => {
    if (performance.now() - began > minuteMs) [began, all, from] = [performance.now(), 0, new Map()];
    const sent = (from.get(ip) ?? 0) + 1;
    // What is turned away is not counted: one flood would keep out everybody else.
    if (sent > limits().beacons_per_minute || all >= inAll) return false;
    all += 1;
    from.set(ip, sent);
    return true;
  };
}
