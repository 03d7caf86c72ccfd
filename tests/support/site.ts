import { expect } from "vitest";
import { defaultLang, type Lang } from "#app/words.ts";
import { ask, cookieOf, serveApp } from "#tests/routes/support/whole-app.ts";
import { whileFileRuns } from "./while-file-runs.ts";

export type Site = Awaited<ReturnType<typeof serveApp>>;

/** The whole product on a port of its own, while the file runs. Its fields are there from the first hook on. */
export const servedApp = (): Site => whileFileRuns(serveApp, ({ close }) => close());

/** A page as this person gets it, well, in the language that his browser was told. */
export async function pageFor(
  site: Site,
  person: { userId: string; sessionId: string },
  path: string,
  lang: Lang = defaultLang,
): Promise<string> {
  const cookie = `${await cookieOf(person)}; lang=${lang}`;
  const answer = await ask(site.origin, path, { headers: { cookie } });
  expect(answer.status, path).toBe(200);
  return answer.text();
}
