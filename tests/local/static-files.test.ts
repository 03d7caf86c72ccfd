import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { staticFiles } from "../../server/static-files.ts";

test("a file that went after the start ends its own answer and nothing else", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "static-"));
  for (const name of ["gone.css", "here.css"]) fs.writeFileSync(path.join(folder, name), "a { color: red }");
  // As in production: what there is was looked up once, at the start.
  const serve = staticFiles(folder);
  const server = http.createServer((request, response) => serve(request, response, () => response.end("none")));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    fs.rmSync(path.join(folder, "gone.css"));
    await expect(fetch(`${at}/gone.css`).then((answer) => answer.text())).rejects.toThrow();
    expect(await (await fetch(`${at}/here.css`)).text()).toContain("red");
  } finally {
    server.close();
    fs.rmSync(folder, { recursive: true });
  }
});
