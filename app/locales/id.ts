import { account } from "./id/account.ts";
import { admin } from "./id/admin.ts";
import { common } from "./id/common.ts";
import { errors } from "./id/errors.ts";
import { shop } from "./id/shop.ts";

/** Bahasa Indonesia: the source of the keys; the other language has to have the same ones. */
export const id = { ...common, ...shop, ...account, errors, admin };
