import { createContext, type ReactNode, useContext } from "react";
import { onward } from "./back.ts";

const Here = createContext("");

/** Tells every link below path and query of this page. */
export function HereProvider({ value, children }: { value: string; children: ReactNode }) {
  return <Here.Provider value={value}>{children}</Here.Provider>;
}

/** Path and query of this page. */
export const useHere = () => useContext(Here);

/** Addresses as this page leads to them: the list that it is, or that is behind it, is kept. */
export function useOnward() {
  const here = useHere();
  return (href: string) => onward(href, here);
}
