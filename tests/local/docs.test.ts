import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { mailKinds } from "#emails/mails.ts";
import { readSchema } from "#supabase/local/schema.ts";
import { decisionIndex, readDecisions } from "../../docs/decision-index.ts";
import { importPictures } from "../../docs/import-picture.ts";
import { laidOut, withPart } from "../support/written.ts";

// What is written from the code or from other pages: `npm run docs` writes it, and npm test fails when it is stale.

test("a decision is one file: its number and title, its date, why, what and the cost, in less than 40 lines", () => {
  const decisions = readDecisions();
  expect(decisions.map(({ number }) => number)).toEqual(decisions.map((_, index) => index + 1));
  for (const { file, number, title, text } of decisions) {
    expect(file.startsWith(`${String(number).padStart(3, "0")}-`), file).toBe(true);
    expect(title.length, file).toBeLessThan(100);
    expect(text.match(/^## .+$/gm), file).toEqual(["## Context", "## Decision", "## Cost"]);
    expect(text.split("\n").length, file).toBeLessThan(41);
  }
});

test("the list of decisions names each of them", async () => {
  const file = "docs/decisions/README.md";
  await expect(await laidOut(file, decisionIndex(readDecisions()))).toMatchFileSnapshot(path.resolve(file));
});

test("the pictures of imports show what the code imports", async () => {
  const file = "docs/architecture.md";
  await expect(await withPart(file, "imports", importPictures())).toMatchFileSnapshot(path.resolve(file));
});

test("what docs/words.md says that people read is on the screen", () => {
  const texts = fs
    .readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|\/)words\.([a-z]+\.)?id\.ts$/.test(file))
    .map((file) => fs.readFileSync(`app/${file}`, "utf8").toLowerCase())
    .join("\n");
  const rows = fs.readFileSync("docs/words.md", "utf8").split("\n");
  const words = rows.filter((line) => line.startsWith("|")).slice(2);
  expect(words.length).toBeGreaterThan(35);
  const shown = words.flatMap((line) => line.split("|")[3]!.split(";")).map((word) => word.trim().toLowerCase());
  expect(shown.filter((word) => word !== "–" && !texts.includes(word))).toEqual([]);
});

test("docs/commands.md names every script of package.json, and no page names one that is not there", () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(fs.readFileSync("package.json", "utf8")));
  const named = (text: string) =>
    [...text.matchAll(/npm (?:run (?:-s )?([a-z][a-z:-]*)|(test|start)\b)/g)].map(([, run, own]) => (run ?? own)!);
  const all = named(fs.readFileSync("docs/commands.md", "utf8"));
  expect(Object.keys(scripts).filter((name) => !all.includes(name))).toEqual([]);
  expect(pages.flatMap(({ text }) => named(text)).filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});

test("docs/orders.md says of each mail when it is sent, and names no other", () => {
  const text = fs.readFileSync("docs/orders.md", "utf8");
  const mails = text.slice(text.indexOf("\n## Mails"), text.indexOf("\n## A new status"));
  expect([...mails.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, kind]) => kind!).sort()).toEqual([...mailKinds].sort());
});

test("a function, a table and a file that a page names are there, but for the example of a feature", () => {
  const { sql } = readSchema();
  const isThere = (name: string) => (name.includes("/") ? fs.existsSync(name) : new RegExp(`\\b${name}\\b`).test(sql));
  const named = pages
    .filter(({ file }) => !file.startsWith("docs/decisions/") && file !== "docs/add-a-feature.md")
    .flatMap(({ file, text }) =>
      [...text.matchAll(/`((?:private|jobs|app)\.[a-z_]+(?=[`(])|(?:[a-z0-9]+\/)+[\w.-]+\.[a-z]+(?=`))/g)].map(
        ([, name]) => ({ file, name: name! }),
      ),
    );
  expect(named.length).toBeGreaterThan(100);
  expect(named.filter(({ name }) => !isThere(name))).toEqual([]);
});

const pages = ["README.md", ...fs.readdirSync("docs", { recursive: true, encoding: "utf8" }).map((at) => `docs/${at}`)]
  .filter((file) => file.endsWith(".md"))
  .map((file) => ({ file, text: fs.readFileSync(file, "utf8").replace(/^```[\s\S]*?^```/gm, "") }));
/** A heading as GitHub makes an anchor of it. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[`*_]|[^\p{L}\p{N}\s-]/gu, "")
    .replace(/\s/g, "-");
const anchorsOf = (file: string) =>
  [...(pages.find((page) => page.file === file)?.text ?? "").matchAll(/^#+ (.+)$/gm)].map(([, words]) =>
    anchor(words!),
  );

test("every link of the documentation that stays in the repository leads somewhere, to a heading too", () => {
  const links = pages.flatMap(({ file, text }) =>
    [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map(([, link, source]) => ({
      file,
      link: (link ?? source)!,
    })),
  );
  const ours = links.filter(({ link }) => !/^[a-z]+:/.test(link));
  expect(ours.length).toBeGreaterThan(100);
  const broken = ours.filter(({ file, link }) => {
    const [target, heading] = decodeURI(link).split("#");
    const at = target ? path.posix.join(path.posix.dirname(file), target) : file;
    return !fs.existsSync(at) || (heading !== undefined && !anchorsOf(at).includes(heading));
  });
  expect(broken).toEqual([]);
});
