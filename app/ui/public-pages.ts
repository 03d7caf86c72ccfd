/** What anybody may find with a search engine, in both languages; and each article by itself. */
export const publicPages = ["/", "/mitra", "/tentang", "/kontak", "/privasi", "/ketentuan", "/products"] as const;
/** The page of an article, as guests read it. */
export const articlePage = (sku: string) => `/products/${encodeURIComponent(sku)}`;

const articles = articlePage("");
/**
 * Whether search engines are told of it, with what stands behind its «?». The catalogue is found as a whole: its
 * searches, shelves and further pages are views of it.
 */
export function isFound(place: string): boolean {
  const [path = "", query = ""] = place.split("?");
  if (path === "/products") return /^(?:lang=\w+)?$/.test(query);
  return (publicPages as readonly string[]).includes(path) || path.startsWith(articles);
}

/** The address of a page in a language: Indonesian has none of its own, and English is `?lang=en`. */
export const inLang = (path: string, lang: "id" | "en"): string => (lang === "id" ? path : `${path}?lang=${lang}`);

const withoutDatabase: readonly string[] = [
  ...publicPages.filter((path) => path !== "/products"),
  "/mitra/terima-kasih",
];
/** Pages about the company, which are shown to guests without the database. */
export const isPublic = (path: string): boolean => withoutDatabase.includes(path);
