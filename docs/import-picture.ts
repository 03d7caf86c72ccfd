import fs from "node:fs";
import path from "node:path";

/** Folders of app/ that are no room; the same list as in .dependency-cruiser.mjs. */
const apart = ["db", "http", "routes", "ui"];
const wings = ["app", "server", "jobs", "emails", "mocks", "supabase"];
const imported = /^(?:import|export)\s+(type\s)?[^"';]*?from "((?:#|\.)[^"]+)"|^import "((?:#|\.)[^"]+)"/gm;

type Edge = { from: string; to: string; typesOnly: boolean };

/** What the code of the product (tests aside) imports of itself, file by file. */
function readImports(): Edge[] {
  const files = wings.flatMap((wing) =>
    fs.readdirSync(wing, { recursive: true, encoding: "utf8" }).map((file) => `${wing}/${file.replaceAll("\\", "/")}`),
  );
  const code = [...files, "server.ts"].filter(
    (file) => /\.(tsx?|mjs)$/.test(file) && !/[./]test[./]|\/tests\//.test(file),
  );
  return code.flatMap((from) =>
    [...fs.readFileSync(from, "utf8").matchAll(imported)].map(([, type, named, bare]) => {
      const target = (named ?? bare)!;
      const to = target.startsWith("#") ? target.slice(1) : path.posix.join(path.posix.dirname(from), target);
      return { from, to, typesOnly: type !== undefined };
    }),
  );
}

const roomOf = (file: string) => {
  const [wing, folder, ...rest] = file.split("/");
  return wing === "app" && rest.length > 0 && !apart.includes(folder!) ? folder! : null;
};

/** The box of the picture that a file lies in: a folder, the rooms together. None for settings, which all may read. */
function boxOf(file: string): string | null {
  if (/^app\/([a-z]+\/)?words\./.test(file)) return "words";
  if (roomOf(file)) return "rooms";
  const [wing, folder, ...rest] = file.split("/");
  if (wing !== "app") return wing === "server.ts" ? "server" : wing!;
  return rest.length > 0 ? folder! : /^env\b|^env-/.test(folder!) ? null : "routes";
}

/** Arrows between boxes, each once; dotted where only types are taken. */
function arrows(edges: Edge[], boxOf: (file: string) => string | null): string[] {
  const kept = new Map<string, boolean>();
  for (const { from, to, typesOnly } of edges) {
    const [a, b] = [boxOf(from), boxOf(to)];
    if (!a || !b || a === b) continue;
    kept.set(`${a} ${b}`, (kept.get(`${a} ${b}`) ?? true) && typesOnly);
  }
  return [...kept].sort().map(([pair, typesOnly]) => {
    const [a, b] = pair.split(" ");
    return `  ${a} ${typesOnly ? "-.->" : "-->"} ${b}`;
  });
}

const label: Record<string, string> = {
  routes: "app/routes and root: pages",
  rooms: "app/*: rooms",
  http: "app/http: requests, forms, sessions",
  db: "app/db: transactions, refusals",
  ui: "app/ui: components, formats",
  words: "texts in both languages",
  server: "server: HTTP",
  jobs: "jobs: worker",
  emails: "emails: mails",
  mocks: "mocks: ERP, mail, SMS",
  supabase: "supabase: schema, seeds, local stack",
};
const picture = (lines: string[]) => ["```mermaid", "flowchart TD", ...lines, "```"].join("\n");

/** Two pictures as Mermaid: the folders and what they import, and the rooms among themselves. */
export function importPictures(): string {
  const edges = readImports();
  const folders = arrows(edges, boxOf);
  const boxes = [...new Set(folders.flatMap((arrow) => arrow.trim().split(/ -\S+ /)))].sort();
  return `An arrow says "imports"; a dotted one takes types only.

${picture([...boxes.map((box) => `  ${box}["${label[box] ?? box}"]`), ...folders])}

Rooms among themselves (shapes and arithmetic of another room's \`<noun>.ts\`, never its SQL or components):

${picture(arrows(edges, roomOf))}`;
}
