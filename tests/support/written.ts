import fs from "node:fs";
import { format, resolveConfig } from "prettier";

/** A page of the documentation as a file of the repository has to be laid out. */
export const laidOut = async (file: string, text: string) =>
  format(text, { ...(await resolveConfig(file)), filepath: file });

/** The page with `text` between `<!-- name … -->` and `<!-- end of name -->`; all around it is as somebody wrote it. */
export async function withPart(file: string, name: string, text: string): Promise<string> {
  const page = fs.readFileSync(file, "utf8");
  const part = new RegExp(`(<!-- ${name}[^>]*-->\n)[\\s\\S]*(\n<!-- end of ${name} -->)`);
  if (!part.test(page)) throw new Error(`${file} has no place for ${name}`);
  return laidOut(
    file,
    page.replace(part, (_, begin: string, end: string) => `${begin}\n${text}\n${end}`),
  );
}
