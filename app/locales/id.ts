import { abuse } from "./id/abuse.ts";
import { account } from "./id/account.ts";
import { accounts } from "./id/accounts.ts";
import { admin } from "./id/admin.ts";
import { trail } from "./id/audit.ts";
import { alerts } from "./id/alerts.ts";
import { cases } from "./id/cases.ts";
import { common } from "./id/common.ts";
import { errors } from "./id/errors.ts";
import { evidence } from "./id/evidence.ts";
import { office } from "./id/office.ts";
import { owner } from "./id/owner.ts";
import { shop } from "./id/shop.ts";

/** Bahasa Indonesia: the source of the keys; the other language has to have the same ones. */
export const id = { ...common, ...shop, ...account, abuse, accounts, cases, owner, alerts, errors, evidence, admin, office, trail };
