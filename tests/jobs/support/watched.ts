import http from "node:http";
import type { AddressInfo } from "node:net";
import { slackHandlers } from "#mocks/slack/handlers.ts";
import { SlackState } from "#mocks/slack/state.ts";
import { serve } from "#mocks/serve.ts";

export const readyToken = "token-for-measurements";
export const uptimeSecret = "key-of-whoever-looks-from-outside";

/** How a site answers the watcher. */
export type Health = { alive: boolean; database: boolean; worker: boolean; hangs: boolean };

/** A web process as the watcher sees it, on a real port: it can be away, hang, or be without its database. */
export async function pretendedSite() {
  const health: Health = { alive: true, database: true, worker: true, hangs: false };
  const told: Array<Record<string, unknown>> = [];
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (!health.alive) return void request.socket.destroy();
    if (health.hangs) return;
    if (request.url === "/api/health") return void response.writeHead(200).end();
    const { authorization } = request.headers;
    if (request.url === "/api/ready") {
      if (authorization !== `Bearer ${readyToken}`) return void response.writeHead(404).end();
      const { database, worker } = health;
      const checks = { database: { ok: database }, worker: { ok: database && worker } };
      return void response.writeHead(database && worker ? 200 : 503).end(JSON.stringify({ checks }));
    }
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      if (authorization !== `Bearer ${uptimeSecret}`) return void response.writeHead(401).end();
      if (!health.database) return void response.writeHead(503).end();
      told.push(JSON.parse(body) as Record<string, unknown>);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    health,
    asked,
    /** What the database was told, signs of life apart. */
    outages: () => told.filter((one) => !("alive" in one)),
    told,
    close: () => new Promise<void>((closed) => (server.close(() => closed()), server.closeAllConnections())),
  };
}

/** Slack as the watcher sees it, and what it was sent, the oldest first. */
export async function pretendedSlack() {
  const state = new SlackState();
  const served = await serve(slackHandlers(state), 0);
  const at = (channel: string) => `http://127.0.0.1:${served.port}/slack/${channel}`;
  return {
    state,
    webhooks: { critical: at("critical"), production: at("production"), warning: at("warning") },
    sent: () =>
      state
        .list()
        .map(({ channel, text }) => ({ channel, text }))
        .reverse(),
    close: served.close,
  };
}
