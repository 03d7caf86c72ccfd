import type { IncomingMessage } from "node:http";
import type { RequestHandler } from "msw";
import { z } from "zod";
import { toRequest } from "#mocks/serve.ts";
import { aliases, faultOf, faults, targets } from "./modes.ts";
import type { Present } from "./present.ts";
import { replyOf, said } from "./reply.ts";
import type { Reply } from "./answers.ts";

const control = z
  .object({
    mode: z.string().optional(),
    only: z.union([z.enum(targets).transform((target) => [target]), z.array(z.enum(targets))]).nullish(),
  })
  .loose();

/** /control: its own words are obeyed here, everything else by the ERP's own control address. */
export function openControl(handlers: RequestHandler[], present: Present, asked: () => number) {
  return async (request: IncomingMessage): Promise<Reply> => {
    const asking = await toRequest(request, new AbortController().signal);
    if (request.method !== "POST" || request.url !== "/control")
      return summed((await replyOf(handlers, asking))!, request);
    const sent: unknown = await asking
      .clone()
      .json()
      .catch(() => null);
    const given = control.safeParse(sent);
    if (!given.success) return said(400, { message: `only must be of ${targets.join(", ")}` });
    const { mode, only, ...rest } = given.data;
    const fault = mode === undefined ? present.now().fault : faultOf(mode);
    if (fault === undefined)
      return said(400, { message: `mode must be one of ${[...faults, ...Object.keys(aliases)].join(", ")}` });
    if (mode !== undefined || only) present.break(fault, only ?? []);
    return summed((await replyOf(handlers, passedOn(asking.url, rest)))!, request);
  };

  function summed(reply: Reply, { url }: IncomingMessage): Reply {
    if (url !== "/control" || reply.status !== 200) return reply;
    const { fault, only } = present.now();
    return said(200, { ...JSON.parse(reply.body.toString()), mode: fault, only, calls: asked() });
  }
}

function passedOn(url: string, rest: object): Request {
  if (Object.keys(rest).length === 0) return new Request(url);
  const headers = { "content-type": "application/json" };
  return new Request(url, { method: "POST", headers, body: JSON.stringify(rest) });
}
