/** What anybody may find with a search engine, in both languages. */
export const publicPages = ["/", "/mitra", "/tentang", "/kontak", "/privasi", "/ketentuan", "/products"] as const;
export type PublicPage = (typeof publicPages)[number];

/** The address of a page in a language: Indonesian has none of its own, and English is `?lang=en`. */
export const inLang = (path: PublicPage, lang: "id" | "en"): string => (lang === "id" ? path : `${path}?lang=${lang}`);

const withoutDatabase: readonly string[] = [
  ...publicPages.filter((path) => path !== "/products"),
  "/mitra/terima-kasih",
];
/** Pages about the company, which are shown to guests without the database. */
export const isPublic = (path: string): boolean => withoutDatabase.includes(path);
