import { createContext, useContext, type ReactNode } from "react";
import { defaultLang, messages, type Lang } from "#app/words.ts";

const Language = createContext<Lang>(defaultLang);

/** Tells everything below which language the reader chose. */
export function LanguageProvider({ lang, children }: { lang: Lang; children: ReactNode }) {
  return <Language.Provider value={lang}>{children}</Language.Provider>;
}

export function useLang(): Lang {
  return useContext(Language);
}

/** The texts in the reader's language. */
export function useMessages() {
  return messages(useLang());
}
