/**
 * A query as Postgres has understood it: pg_node_tree, read from its text. `{NAME :field value ...}` is a node,
 * `(...)` a list, `<>` nothing.
 */
export type Node = { is: string; [field: string]: Tree };
export type Tree = Node | Tree[] | string | null;

const token = /\s*([{}()]|"(?:\\.|[^"\\])*"|(?:\\.|[^\s{}()\\])+)/gy;

export function readTree(text: string): Tree {
  token.lastIndex = 0;
  let next = take();
  function take(): string | null {
    return token.exec(text)?.[1] ?? null;
  }
  const step = () => {
    const now = next!;
    next = take();
    return now;
  };
  const value = (): Tree => {
    const now = step();
    if (now === "<>") return null;
    if (now === "{") return node();
    if (now === "(") return list();
    return now.startsWith('"') ? plain(now.slice(1, -1)) : plain(now);
  };
  const list = (): Tree[] => {
    const items: Tree[] = [];
    while (next !== ")") items.push(value());
    step();
    return items;
  };
  const node = (): Node => {
    const read: Node = { is: step() };
    while (next !== "}") {
      const field = step().slice(1);
      const parts: Tree[] = [];
      while (next !== "}" && !next!.startsWith(":")) parts.push(value());
      // A constant's bytes are several tokens; nobody asks for them.
      read[field] = parts.length === 1 ? parts[0]! : parts;
    }
    step();
    return read;
  };
  return value();
}

const plain = (text: string) => text.replace(/\\(.)/g, "$1");

export const isNode = (tree: Tree | undefined, name?: string): tree is Node =>
  typeof tree === "object" && tree !== null && !Array.isArray(tree) && (name === undefined || tree.is === name);
/** The nodes of a list; none where there is nothing. */
export const nodesOf = (tree: Tree | undefined): Node[] =>
  Array.isArray(tree) ? tree.flatMap((item) => (Array.isArray(item) ? nodesOf(item) : isNode(item) ? [item] : [])) : [];

/** What has to be a node here. */
export function asNode(tree: Tree | undefined): Node {
  if (!isNode(tree)) throw new Error(`Not a node: ${JSON.stringify(tree)}`);
  return tree;
}
/** What has to be a text here: a name, a number of the catalogue. */
export function asText(tree: Tree | undefined): string {
  if (typeof tree !== "string") throw new Error(`Not a text: ${JSON.stringify(tree)}`);
  return tree;
}
/** What has to be a list of texts here. */
export function asTexts(tree: Tree | undefined): string[] {
  if (!Array.isArray(tree)) throw new Error(`Not a list: ${JSON.stringify(tree)}`);
  return tree.map(asText);
}
