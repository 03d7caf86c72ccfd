import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import type { Lang } from "#app/words.ts";
import { guest, type Viewer } from "./viewer.ts";

export async function findViewer(db: Db): Promise<Viewer> {
  const { viewer } = await db.one<{ viewer: Partial<Viewer> }>(sql`select app.viewer_context() as viewer`);
  return { ...guest, ...viewer };
}

/** The viewer reads pages and mails in this language from now on. Errors: 28000. */
export const chooseLanguage = (db: Db, lang: Lang) => db.one(sql`select app.choose_language(${lang})`);
