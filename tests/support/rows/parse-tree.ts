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
