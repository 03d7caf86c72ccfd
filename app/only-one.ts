/**
 * One of a kind in this process, however often the module that asks for it is loaded: the server and the built pages
 * are two bundles, each with modules of its own.
 */
export function onlyOne<T>(name: string, make: () => T): T {
  const kept = globalThis as { [key: symbol]: T | undefined };
  return (kept[Symbol.for(`alfa.${name}`)] ??= make());
}
