import { createContext, type ReactNode, useContext } from "react";

/** What people are called, by code. */
type Names = Readonly<Record<string, string>> | null;
const People = createContext<Names>(null);

/** Tells every link below what the people are called whose codes it shows; for staff alone. */
export function PeopleProvider({ names, children }: { names: Names; children: ReactNode }) {
  return <People.Provider value={names}>{children}</People.Provider>;
}

/** Finds somebody by code or name; undefined where the reader is not to know, or it is nobody's or several people's. */
export function usePerson() {
  const names = useContext(People);
  return (who: string) => personIn(names, who);
}

function personIn(names: Names, who: string): { code: string; name: string } | undefined {
  const [found, other] = Object.entries(names ?? {}).filter(([code, name]) => who === code || who === name);
  return found && !other ? { code: found[0], name: found[1] } : undefined;
}

/** Name and code of somebody who is known by one of them, in a sentence. */
export function inFull(names: Names, who: string): string {
  const person = personIn(names, who);
  return person ? `${person.name} (${person.code})` : who;
}
