import { getResponse, type RequestHandler } from "msw";
import { contents } from "./content.ts";
import type { Fault } from "./modes.ts";
import type { Reply } from "./answers.ts";

/** What the ERP itself says; null when it cuts the connection. */
export async function replyOf(handlers: RequestHandler[], request: Request): Promise<Reply | null> {
  const response = (await getResponse(handlers, request)) ?? Response.json({ message: "Not found" }, { status: 404 });
  if (response.type === "error") return null;
  response.headers.delete("content-length"); // Whoever sends it says how long it is.
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  };
}

/** A good answer with the content that the fault makes of it. */
export function spoken(reply: Reply, fault: Fault): Reply {
  const change = contents[fault];
  return change && reply.status < 300
    ? { ...reply, body: Buffer.from(change(JSON.parse(reply.body.toString()))) }
    : reply;
}

/** An answer of the fault server's own. */
export function said(status: number, body: object): Reply {
  return { status, headers: { "content-type": "application/json" }, body: Buffer.from(JSON.stringify(body)) };
}
