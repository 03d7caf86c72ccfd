import { account } from "./en/account.ts";
import { accounts } from "./en/accounts.ts";
import { admin } from "./en/admin.ts";
import { common } from "./en/common.ts";
import { errors } from "./en/errors.ts";
import { office } from "./en/office.ts";
import { owner } from "./en/owner.ts";
import { shop } from "./en/shop.ts";
import type { Messages } from "./messages.ts";

/** English, for the switch in the header. */
export const en: Messages = { ...common, ...shop, ...account, accounts, owner, errors, admin, office };
