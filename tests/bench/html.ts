import { setTimeout as pause } from "node:timers/promises";
import { pageSize } from "#app/catalogue/catalogue.ts";
import { demoPassword } from "#supabase/seed/people.ts";
import { type Answer, textOf, Visitor } from "./clients.ts";
import type { System } from "./system.ts";
import { kilobytes, type Line, median, milliseconds, quantile } from "./table.ts";

const perSecond = 20;

/** /products of a store as HTML at a constant rate, in turns with a static file. */
export async function measureHtml(system: System, { rounds = 6, seconds = 5, warm = 200 } = {}): Promise<Line[]> {
  await system.need("mail", "auth", "worker", "web");
  const visitor = new Visitor(system.stack.at.app);
  try {
    await visitor.signIn(system.stores[0]!.email, demoPassword);
    const paths = await somePages(visitor);
    const stylesheet = await staticFile(visitor);
    // Ordinary traffic meets a process that has been up for a while.
    for (let i = 0; i < warm; i += 1) await read(visitor, paths[i % paths.length]!);
    const pages: number[] = [];
    const files: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      pages.push(...(await atConstantRate(seconds, (i) => read(visitor, paths[i % paths.length]!))));
      files.push(...(await atConstantRate(seconds, () => read(visitor, stylesheet))));
    }
    const [page, file] = [await read(visitor, paths[0]!), await read(visitor, stylesheet)];
    const p95 = quantile(pages, 0.95);
    return [
      {
        what: `/products of a store as HTML at ${perSecond} requests/s, p95`,
        figure: `${milliseconds(p95)} (median ${milliseconds(median(pages))}, ${kilobytes(page.body.length)} in gzip)`,
        limit: "< 60 ms",
        floor:
          `${milliseconds(quantile(files, 0.95))} (median ${milliseconds(median(files))}): stylesheet of ` +
          `${kilobytes(file.body.length)}`,
        meets: p95 < 60,
      },
    ];
  } finally {
    visitor.close();
  }
}

/**
 * Paths of the catalogue as a store asks for them: the first page most often. Its way on is a button of the form that
 * holds the quantities.
 *
 * @throws Error when one is not what a store sees.
 */
export async function somePages(visitor: Visitor): Promise<string[]> {
  const paths = ["/products"];
  while (paths.length < 6) {
    const html = textOf(await read(visitor, paths.at(-1)!));
    const next = /value="(\/products\?[^"]*\bafter=[^"]*)"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
    if (html.split('class="price__own"').length - 1 !== pageSize || !next)
      throw new Error(`${paths.at(-1)} does not show ${pageSize} prices and a way on.`);
    paths.push(next);
  }
  return [...Array<string>(5).fill("/products"), ...paths];
}

export async function read(visitor: Visitor, path: string): Promise<Answer> {
  const answer = await visitor.get(path);
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}.`);
  return answer;
}

/** The largest file that the page brings along, which is its stylesheet. */
async function staticFile(visitor: Visitor): Promise<string> {
  const href = /href="(\/assets\/[^"]*\.css)"/.exec(textOf(await read(visitor, "/products")))?.[1];
  if (!href) throw new Error("The page names no stylesheet.");
  return href;
}

/**
 * Requests leave when their time has come, whether or not earlier ones are answered.
 *
 * @returns milliseconds from that time on.
 */
async function atConstantRate(seconds: number, work: (index: number) => Promise<Answer>): Promise<number[]> {
  const started = performance.now();
  return Promise.all(
    Array.from({ length: seconds * perSecond }, async (_, index) => {
      const due = started + (index * 1000) / perSecond;
      await pause(Math.max(0, due - performance.now()));
      const { headers } = await work(index);
      if (headers["content-encoding"] !== "gzip") throw new Error("An answer came without gzip.");
      return performance.now() - due;
    }),
  );
}
