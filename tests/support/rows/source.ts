import path from "node:path";
import ts from "typescript";
import { pieceKey } from "./pieces.ts";
import type { Shape } from "./shape.ts";

const root = path.resolve(import.meta.dirname, "../../..");

/** What a query's row is said to be. `at`: file:line of `many`, `one` or `maybe`; `by`: the function that asks. */
export type Claim = { at: string; by: string; row: Shape };
/** A function of a room that is given the database: its file, its name and its other parameters. */
export type Asking = { file: string; name: string; parameters: Array<{ name: string; shape: Shape }> };

/** All that the web's source says about its queries. */
export type Claims = {
  /**
   * By place. A place in a function that leaves the row's type to its callers has a claim for each of them instead, by
   * theirs.
   */
  claims: Map<string, Claim | Map<string, Claim>>;
  /** Places whose answer nobody looks at: a row of no type. */
  unread: Set<string>;
  asking: Asking[];
  /** The pieces of SQL, by their text, and where each is. */
  pieces: Map<string, string>;
};

/** Reads the source of `app`. */
function read(): Claims {
  const config = ts.getParsedCommandLineOfConfigFile(
    path.join(root, "tsconfig.json"),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: ({ messageText }) => raise(messageText) },
  )!;
  const inApp = config.fileNames.filter((name) => name.startsWith(`${root}/app/`));
  // Only what names SQL or the database is read; the compiler follows the imports.
  const options = { ...config.options, types: [], lib: ["lib.es2024.d.ts"] };
  const roots = inApp.filter((name) => /sql-template-tag|\bDb\b/.test(ts.sys.readFile(name) ?? ""));
  const program = ts.createProgram(roots, options, hostOf(options));
  const checker = program.getTypeChecker();
  const found: Claims = { claims: new Map(), unread: new Set(), asking: [], pieces: new Map() };
  const sources = roots.map((name) => program.getSourceFile(name)!);
  const handedOn: Array<{ byCaller: Map<string, Claim>; asker: ts.Symbol }> = [];
  const isDb = (type: ts.Type) => type.symbol?.name === "Db";

  for (const source of sources) {
    if (source.fileName.endsWith("/db/transaction.server.ts")) continue; // Db itself.
    let asks = false;
    each(source, (node) => {
      if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === "sql")
        found.pieces.set(pieceKey(textsOf(node.template)), place(node));
      if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
      const { expression: receiver, name } = node.expression;
      if (!["many", "one", "maybe"].includes(name.text) || !isDb(checker.getTypeAtLocation(receiver))) return;
      asks = true;
      const at = place(name);
      if (found.claims.has(at) || found.unread.has(at)) throw new Error(`${at}: two queries on one line`);
      const row = rowOf(checker, node, name.text);
      if (row.flags & ts.TypeFlags.TypeParameter) {
        const byCaller = new Map<string, Claim>();
        found.claims.set(at, byCaller);
        handedOn.push({ byCaller, asker: functionAround(checker, node) });
      } else if (row.symbol?.name === "QueryResultRow") found.unread.add(at);
      else found.claims.set(at, { at, by: functionOf(node), row: shapeOf(checker, row) });
    });
    if (!asks) continue;
    const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(source)!);
    for (const symbol of exported) {
      const signature = symbol.valueDeclaration && checker.getTypeOfSymbol(symbol).getCallSignatures()[0];
      if (!signature) continue;
      const types = signature.parameters.map((one) => checker.getTypeOfSymbol(one));
      if (!types.some((type) => isDb(type) || asksBack(checker, type))) continue;
      const parameters = signature.parameters.map(({ name }, index) => ({
        name,
        shape: shapeOf(checker, types[index]!),
      }));
      found.asking.push({ file: source.fileName, name: symbol.name, parameters });
    }
  }

  // A row whose type is a parameter of the function around it: the callers say what it is.
  for (const source of sources)
    each(source, (node) => {
      if (!ts.isCallExpression(node)) return;
      const called = checker.getSymbolAtLocation(node.expression);
      for (const { byCaller, asker } of handedOn) {
        if (called !== asker) continue;
        const said = node.typeArguments?.[0] ?? raise(`${place(node)}: says nothing about its row`);
        const row = shapeOf(checker, checker.getTypeFromTypeNode(said));
        const caller = { at: place(node.expression), by: functionOf(node), row };
        byCaller.set(caller.at, caller);
      }
    });
  return found;
}

/** Of what is not ours, only what row types and arguments are made of is read. */
function hostOf(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (names, from) =>
    names.map(({ text }) =>
      /^([.#]|(pg|zod|sql-template-tag)(\/|$))/.test(text) || from.includes("/node_modules/")
        ? ts.resolveModuleName(text, from, options, host)
        : { resolvedModule: undefined },
    );
  return host;
}

/** The one type behind `Promise<Row[]>`, `Promise<Row>` or `Promise<Row | null>`, as it was said or inferred. */
function rowOf(checker: ts.TypeChecker, call: ts.CallExpression, method: string): ts.Type {
  const answer = checker.getAwaitedType(checker.getResolvedSignature(call)!.getReturnType())!;
  if (method === "many") return checker.getIndexTypeOfType(answer, ts.IndexKind.Number)!;
  if (!call.typeArguments) return checker.getNonNullableType(answer);
  return checker.getTypeFromTypeNode(call.typeArguments[0]!);
}

function functionAround(checker: ts.TypeChecker, node: ts.Node): ts.Symbol {
  const around = ts.findAncestor(node, ts.isFunctionDeclaration);
  return around?.name ? checker.getSymbolAtLocation(around.name)! : raise(`${place(node)}: a row type left open`);
}

/** The name of what stands at the top of the file around it. */
function functionOf(node: ts.Node): string {
  const top = ts.findAncestor(node, ({ parent }) => parent && ts.isSourceFile(parent))!;
  if (ts.isVariableStatement(top)) return top.declarationList.declarations[0]!.name.getText();
  return ts.isFunctionDeclaration(top) && top.name ? top.name.text : raise(`${place(node)}: no function asks`);
}

/** Whether a parameter is a function that will be handed a database. */
const asksBack = (checker: ts.TypeChecker, type: ts.Type) =>
  type.getCallSignatures().some(({ parameters }) =>
    parameters.some((one) =>
      checker
        .getTypeOfSymbol(one)
        .getCallSignatures()
        .some((work) => work.parameters.some((db) => checker.getTypeOfSymbol(db).symbol?.name === "Db")),
    ),
  );

const deepest = 8;

/** The shape of a type. What is deeper than any row of ours is not looked at. */
export function shapeOf(checker: ts.TypeChecker, type: ts.Type, depth = 0): Shape {
  const flags = type.flags;
  if (depth > deepest || flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return { is: "anything" };
  if (type.isUnion()) return { is: "either", of: type.types.map((part) => shapeOf(checker, part, depth)) };
  if (flags & ts.TypeFlags.Null) return { is: "null" };
  if (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) return { is: "undefined" };
  if (type.isStringLiteral() || type.isNumberLiteral()) return { is: "literal", value: type.value };
  if (flags & ts.TypeFlags.BooleanLiteral) return { is: "literal", value: checker.typeToString(type) === "true" };
  if (flags & ts.TypeFlags.StringLike) return { is: "string" };
  if (flags & ts.TypeFlags.NumberLike) return { is: "number" };
  if (flags & ts.TypeFlags.BooleanLike) return { is: "boolean" };
  if (type.symbol?.name === "Date") return { is: "Date" };
  if (type.symbol?.name === "Db") return { is: "database" };
  if (checker.isArrayLikeType(type))
    return { is: "array", of: shapeOf(checker, checker.getIndexTypeOfType(type, ts.IndexKind.Number)!, depth + 1) };
  if (type.getCallSignatures().length > 0) return { is: "function" };
  const others = checker.getIndexTypeOfType(type, ts.IndexKind.String);
  const fields = new Map(
    checker.getPropertiesOfType(type).map((field) => {
      const optional: Shape[] = field.flags & ts.SymbolFlags.Optional ? [{ is: "undefined" }] : [];
      const shape = shapeOf(checker, checker.getTypeOfSymbol(field), depth + 1);
      return [field.name, optional.length > 0 ? { is: "either" as const, of: [shape, ...optional] } : shape];
    }),
  );
  return { is: "object", fields, others: others ? shapeOf(checker, others, depth + 1) : null };
}

function textsOf(template: ts.TemplateLiteral): string[] {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return [template.text];
  return [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)];
}

function each(node: ts.Node, visit: (node: ts.Node) => void) {
  visit(node);
  ts.forEachChild(node, (child) => each(child, visit));
}

function place(node: ts.Node): string {
  const source = node.getSourceFile();
  const { line } = source.getLineAndCharacterOfPosition(node.getStart());
  return `${path.relative(root, source.fileName)}:${line + 1}`;
}

function raise(what: unknown): never {
  throw new Error(typeof what === "string" ? what : JSON.stringify(what));
}

process.send?.(read());
