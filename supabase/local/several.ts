/** A list of so many, as a tuple: what is taken out of it is there for the compiler, too. */
export type Several<Item, Count extends number, Sofar extends Item[] = []> = Sofar["length"] extends Count
  ? Sofar
  : Several<Item, Count, [...Sofar, Item]>;

const areSeveral = <Item, Count extends number>(list: unknown[], count: Count): list is Several<Item, Count> =>
  list.length === count;

/** @throws when the list has another length. */
export function several<Item, Count extends number>(count: Count, list: Item[]): Several<Item, Count> {
  if (!areSeveral<Item, Count>(list, count)) throw new Error(`${list.length} instead of ${count}`);
  return list;
}
