import type pg from "pg";
import { certainOf, type Catalogue } from "./nulls.ts";
import { asText, isNode, nodesOf, readTree } from "./parse-tree.ts";
import type { Asked } from "./asked.ts";

/** A column as Postgres sees it. `words`: what a check lets a column of text be. */
export type Column = { type: string; certain: boolean; words: string[] | null };
/** What Postgres says of a statement: its columns by name, or why it would not have it. */
export type Described = Map<string, Column> | { refused: string };

type Understood = { results: string[] | null; tree: string; refused: string | null };

/**
 * Has Postgres understand statements without running them. Each becomes the body of a function, whose parse tree tells
 * where every column comes from.
 */
export async function describe(
  owner: pg.Client,
  statements: Asked[],
  promised: (name: string) => boolean,
): Promise<Map<string, Described>> {
  const catalogue = await readCatalogue(owner);
  const described = new Map<string, Described>();
  await owner.query(understand);
  for (const { text, values } of statements) {
    if (described.has(text)) continue;
    const { rows } = await owner.query<Understood>("select * from pg_temp.understand($1)", [text]);
    const { results, tree, refused } = rows[0]!;
    if (refused !== null) {
      described.set(text, { refused });
      continue;
    }
    const [query] = nodesOf(readTree(tree));
    const certain = certainOf(query!, { ...catalogue, promised, given: (n) => values[n - 1] !== null });
    const targets = nodesOf(query!.targetList).filter(({ resjunk }) => resjunk !== "true");
    const columns = targets.map(({ resname, resorigtbl, resorigcol }, index): [string, Column] => [
      asText(resname),
      {
        type: results![index]!,
        certain: certain[index]!,
        words: catalogue.words.get(`${asText(resorigtbl)}.${asText(resorigcol)}`) ?? null,
      },
    ]);
    described.set(text, new Map(columns));
  }
  return described;
}

const understand = `
  create function pg_temp.understand(asked text, out results text[], out tree text, out refused text)
  language plpgsql as $$
  declare parameters text;
  begin
    execute 'prepare asked as ' || asked;
    select array_to_string(parameter_types, ', '), result_types::text[] into parameters, results
      from pg_prepared_statements where name = 'asked';
    deallocate asked;
    execute format('create function pg_temp.asked(%s) returns setof record begin atomic %s; end', parameters, asked);
    select prosqlbody::text into tree from pg_proc where proname = 'asked' and pronamespace = pg_my_temp_schema();
    drop function pg_temp.asked;
  exception when others then
    refused := sqlerrm;
  end $$`;

async function readCatalogue(owner: pg.Client): Promise<Catalogue & { words: Map<string, string[]> }> {
  const all = async <Row extends object>(text: string) => (await owner.query<Row>(text)).rows;
  const columns = await all<{ place: string; name: string; notNull: boolean }>(
    `select attrelid || '.' || attnum as place, attrelid::regclass || '.' || attname as name, attnotnull as "notNull"
      from pg_attribute where attnum > 0 and not attisdropped`,
  );
  const views = await all<{ oid: string; tree: string }>(
    `select ev_class::text as oid, ev_action::text as tree from pg_rewrite where rulename = '_RETURN'
      and ev_class::regclass::text !~ '^(pg_|information_schema)'`,
  );
  const functions = await all<{ oid: string; name: string; schema: string; strict: boolean }>(
    "select oid::text, proname as name, pronamespace::regnamespace::text as schema, proisstrict as strict from pg_proc",
  );
  const checks = await all<{ place: string; definition: string }>(
    `select conrelid || '.' || conkey[1] as place, pg_get_constraintdef(oid) as definition from pg_constraint
      where contype = 'c' and cardinality(conkey) = 1`,
  );
  return {
    notNull: new Set(columns.flatMap(({ place, notNull }) => (notNull ? [place] : []))),
    columns: new Map(columns.map(({ place, name }) => [place, name])),
    views: new Map(views.map(({ oid, tree }) => [oid, nodesOf(readTree(tree)).find((node) => isNode(node, "QUERY"))!])),
    functions: new Map(functions.map(({ oid, ...about }) => [oid, about])),
    words: new Map(
      checks.flatMap(({ place, definition }) => {
        const list = /^CHECK \(\(?\w+ = ANY \(ARRAY\[(.*)\]\)\)+$/.exec(definition)?.[1];
        return list ? [[place, [...list.matchAll(/'((?:[^']|'')*)'::text/g)].map(([, word]) => word!)]] : [];
      }),
    ),
  };
}
