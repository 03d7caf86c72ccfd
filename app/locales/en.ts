import { account } from "./en/account.ts";
import { admin } from "./en/admin.ts";
import { common } from "./en/common.ts";
import { errors } from "./en/errors.ts";
import { shop } from "./en/shop.ts";
import type { Messages } from "./messages.ts";

/** English, for the switch in the header. */
export const en: Messages = { ...common, ...shop, ...account, errors, admin };
