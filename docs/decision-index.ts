import fs from "node:fs";

const folder = "docs/decisions";

export type Decision = { file: string; number: number; title: string; date: string; text: string };

/** Every decision, by the order of their numbers: the first line has number and title, the third one the date. */
export function readDecisions(): Decision[] {
  const files = fs.readdirSync(folder).filter((file) => file !== "README.md");
  return files.sort().map((file) => {
    const text = fs.readFileSync(`${folder}/${file}`, "utf8");
    const [, number, title, date] = /^# (\d+)\. (.+)\n\nDate: (\d{4}-\d\d-\d\d)\n/.exec(text) ?? [];
    if (!number || !title || !date) throw new Error(`${file} does not begin with "# <number>. <title>" and "Date: …"`);
    return { file, number: Number(number), title, date, text };
  });
}

/** docs/decisions/README.md: number, title and date of each. */
export const decisionIndex = (decisions: Decision[]): string => `# Decisions

Each says why, what, and what it costs. A decision that is changed by a later one keeps its number and names the other.
To add one, take the next number, write the file like its neighbours, and run \`npm run docs\`, which writes this list.

|   | decision | date |
| - | -------- | ---- |
${decisions.map(({ file, number, title, date }) => `| ${number} | [${title}](${file}) | ${date} |`).join("\n")}
`;
