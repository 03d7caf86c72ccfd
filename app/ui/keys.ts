/** The names of a record of ours. The compiler forgets them, since an object may have more than its type says. */
export const keysOf = <T extends object>(record: T) => Object.keys(record) as Array<keyof T & string>;

/** Whether this is one of the record's names: for a word that came from outside. */
export const isKeyOf = <T extends object>(record: T, name: string): name is keyof T & string =>
  Object.hasOwn(record, name);

/** A record with something for each of these names. */
export const recordOf = <Name extends string, Value>(
  names: readonly Name[],
  valueOf: (name: Name) => Value,
): Record<Name, Value> => Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<Name, Value>;
