import { asNode, asText, asTexts, isNode, type Node, nodesOf, type Tree } from "./parse-tree.ts";

/** What the catalogue knows beside the query itself. */
export type Catalogue = {
  /** `table.column number` of columns that are never null. */
  notNull: Set<string>;
  /** The same in words: `app.orders.total`. */
  columns: Map<string, string>;
  /** What a view selects, by its oid. */
  views: Map<string, Node>;
  functions: Map<string, { name: string; schema: string; strict: boolean }>;
};
export type Known = Catalogue & {
  /** What is never null by our word: see never-null.ts. */
  promised: (name: string) => boolean;
  /** Whether the value of $n is never null. */
  given: (parameter: number) => boolean;
};
type Scope = { query: Node; outer: Scope | null; known: Known };

// Strict functions of Postgres that answer null all the same: what they look for may not be there.
const finders =
  /^(jsonb?_(object_field|array_element|extract_path|path_query)|substring|regexp_match|array_(length|upper|lower|ndims|position)|current_setting$|to_reg|nullif)/;
const neverNull =
  /^(jsonb?_build_(object|array)|concat(_ws)?|format|row_to_json|now|num_nulls|num_nonnulls|(statement|clock|transaction)_timestamp|gen_random_uuid|random)$/;

/** For each column of the query: whether it can never be null. */
export function certainOf(query: Node, known: Known): boolean[] {
  const scope = { query, outer: null, known };
  return nodesOf(query.targetList)
    .filter(({ resjunk }) => resjunk !== "true")
    .map(({ resno }) => columnCertain(scope, Number(resno)));
}

/** A column of a query, of every part of a union. */
function columnCertain(scope: Scope, column: number): boolean {
  const { query } = scope;
  if (query.setOperations) {
    return leavesOf(query.setOperations).every((index) => {
      const part = rangeTable(query)[index - 1]!;
      return columnCertain({ query: asNode(part.subquery), outer: scope, known: scope.known }, column);
    });
  }
  const target = nodesOf(query.targetList).find(({ resno }) => Number(resno) === column);
  return target !== undefined && certain(scope, target.expr);
}

const rangeTable = (query: Node) => nodesOf(query.rtable);
const leavesOf = (tree: Tree | undefined): number[] => {
  if (!isNode(tree)) return [];
  return tree.is === "RANGETBLREF" ? [Number(tree.rtindex)] : [...leavesOf(tree.larg), ...leavesOf(tree.rarg)];
};

function certain(scope: Scope, tree: Tree | undefined): boolean {
  if (!isNode(tree)) return false;
  const all = (list: Tree | undefined) => nodesOf(list).every((item) => certain(scope, item));
  const { known } = scope;
  switch (tree.is) {
    case "VAR":
      return variable(scope, tree);
    case "CONST":
      return tree.constisnull === "false";
    case "PARAM":
      return tree.paramkind === "0" && known.given(Number(tree.paramid));
    case "RELABELTYPE":
    case "COERCEVIAIO":
    case "ARRAYCOERCEEXPR":
    case "COLLATEEXPR":
    case "COERCETODOMAIN":
      return certain(scope, tree.arg);
    case "COALESCEEXPR":
    case "MINMAXEXPR":
      return nodesOf(tree.args).some((item) => certain(scope, item));
    case "CASEEXPR":
      return certain(scope, tree.defresult) && nodesOf(tree.args).every(({ result }) => certain(scope, result));
    case "BOOLEXPR":
    case "SCALARARRAYOPEXPR":
      return all(tree.args);
    case "NULLTEST":
    case "BOOLEANTEST":
    case "DISTINCTEXPR":
    case "ARRAYEXPR":
    case "ARRAY":
    case "ROWEXPR":
    case "ROW":
    case "SQLVALUEFUNCTION":
      return true;
    case "AGGREF":
      return /^count$/.test(known.functions.get(asText(tree.aggfnoid))?.name ?? "");
    case "WINDOWFUNC":
      return /^(count|row_number|rank|dense_rank)$/.test(known.functions.get(asText(tree.winfnoid))?.name ?? "");
    case "OPEXPR":
      return (answers(tree.opfuncid) || keyPromised(tree)) && all(tree.args);
    case "FUNCEXPR":
      return answers(tree.funcid, all(tree.args));
    case "SUBLINK":
      return sublink(scope, tree);
    default:
      return false;
  }

  // A key of a JSON column.
  function keyPromised({ opfuncid, args }: Node): boolean {
    const [column, key] = nodesOf(args);
    if (!/^jsonb_object_field/.test(known.functions.get(asText(opfuncid))?.name ?? "")) return false;
    if (!isNode(column, "VAR") || !isNode(key, "CONST")) return false;
    const table = rangeTable(scopeOf(scope, column).query)[Number(column.varno) - 1]!;
    const name = known.columns.get(`${asText(table.relid)}.${asText(column.varattno)}`);
    return name !== undefined && known.promised(`${name}.${textOf(key)}`);
  }
  function answers(id: Tree | undefined, given = true): boolean {
    const called = known.functions.get(asText(id));
    if (!called) return false;
    if (called.schema !== "pg_catalog") return known.promised(`${called.schema}.${called.name}`);
    return neverNull.test(called.name) || (called.strict && given && !finders.test(called.name));
  }
}

/** `exists` and `array(...)` always; `(select ...)` where it has a row for certain, and something in it. */
function sublink(scope: Scope, { subLinkType, testexpr, subselect }: Node): boolean {
  if (subLinkType === "0" || subLinkType === "6") return true;
  if (subLinkType === "2") return inSublink(scope, asNode(testexpr), asNode(subselect));
  if (subLinkType !== "4") return false;
  const query = asNode(subselect);
  const { fromlist, quals } = asNode(query.jointree);
  const bare = nodesOf(fromlist).length === 0 && !quals;
  const summed = query.hasAggs === "true" && nodesOf(query.groupClause).length === 0;
  if (query.setOperations || query.havingQual || query.limitOffset || !(bare || summed)) return false;
  return columnCertain({ query, outer: scope, known: scope.known }, 1);
}

/** `x in (select y ...)`: if neither can be null. */
const inSublink = (scope: Scope, test: Node, query: Node) =>
  certain(scope, nodesOf(test.args)[0]) && columnCertain({ query, outer: scope, known: scope.known }, 1);

/** The query that a variable belongs to. */
function scopeOf(scope: Scope, { varlevelsup }: Node): Scope {
  let at = scope;
  for (let up = Number(varlevelsup); up > 0; up -= 1) at = at.outer!;
  return at;
}

/** A text constant: its bytes after the length. */
function textOf({ constvalue }: Node): string {
  const bytes = asTexts(constvalue)
    .slice(2, -1)
    .map((byte) => Number(byte) & 255);
  return Buffer.from(bytes.slice(4)).toString();
}

function variable(scope: Scope, found: Node): boolean {
  const at = scopeOf(scope, found);
  const column = Number(found.varattno);
  const same = (one: Tree | undefined) =>
    isNode(one, "VAR") && one.varno === found.varno && one.varattno === found.varattno && one.varlevelsup === "0";
  const { quals, fromlist } = asNode(at.query.jointree);
  if (ruledOut(at.known, quals, same) || nodesOf(fromlist).some((item) => joinRulesOut(at.known, item, same)))
    return true;
  // The outer joins that may leave it empty.
  if (Array.isArray(found.varnullingrels) && found.varnullingrels.length > 1) return false;
  if (column === 0) return true;
  const table = rangeTable(at.query)[Number(found.varno) - 1]!;
  switch (table.rtekind) {
    case "0": {
      const view = at.known.views.get(asText(table.relid));
      return view
        ? columnCertain({ query: view, outer: null, known: at.known }, column)
        : column < 0 || at.known.notNull.has(`${asText(table.relid)}.${column}`);
    }
    case "1":
      return columnCertain({ query: asNode(table.subquery), outer: at, known: at.known }, column);
    case "2":
      return certain(at, nodesOf(table.joinaliasvars)[column - 1]);
    case "3":
      return functionColumn(at, table, column);
    case "6": {
      let owner: Scope = at;
      for (let up = Number(table.ctelevelsup); up > 0; up -= 1) owner = owner.outer!;
      const cte = nodesOf(owner.query.cteList).find(({ ctename }) => ctename === table.ctename)!;
      return columnCertain({ query: asNode(cte.ctequery), outer: owner, known: at.known }, column);
    }
    default:
      return false;
  }
}

/** A column of a function in `from`, by its promise. */
function functionColumn(scope: Scope, table: Node, column: number): boolean {
  const [called] = nodesOf(table.functions);
  const { schema = "", name = "" } = scope.known.functions.get(asText(asNode(called!.funcexpr).funcid)) ?? {};
  const names = asTexts(asNode(table.eref).colnames);
  return schema !== "pg_catalog" && scope.known.promised(`${schema}.${name}.${names[column - 1]}`);
}

type Same = (tree: Tree | undefined) => boolean;
/** Whether a row that keeps these conditions has it for certain: it is compared, or said to be there. */
function ruledOut(known: Known, quals: Tree | undefined, same: Same): boolean {
  if (!isNode(quals)) return false;
  if (quals.is === "BOOLEXPR")
    return quals.boolop === "and" && nodesOf(quals.args).some((part) => ruledOut(known, part, same));
  if (quals.is === "NULLTEST") return quals.nulltesttype === "1" && same(quals.arg);
  if (quals.is !== "OPEXPR" && quals.is !== "SCALARARRAYOPEXPR") return false;
  return !!known.functions.get(asText(quals.opfuncid))?.strict && nodesOf(quals.args).some(same);
}
function joinRulesOut(known: Known, from: Node, same: Same): boolean {
  if (from.is !== "JOINEXPR") return false;
  const inner = from.jointype === "0";
  if (inner && ruledOut(known, from.quals, same)) return true;
  const sides = inner ? [from.larg, from.rarg] : from.jointype === "1" ? [from.larg] : [];
  return sides.some((side) => isNode(side) && joinRulesOut(known, side, same));
}
