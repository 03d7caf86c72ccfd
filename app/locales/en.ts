import { abuse } from "./en/abuse.ts";
import { account } from "./en/account.ts";
import { accounts } from "./en/accounts.ts";
import { admin } from "./en/admin.ts";
import { trail } from "./en/audit.ts";
import { alerts } from "./en/alerts.ts";
import { approval } from "./en/approval.ts";
import { cases } from "./en/cases.ts";
import { common } from "./en/common.ts";
import { erp } from "./en/erp.ts";
import { errors } from "./en/errors.ts";
import { evidence } from "./en/evidence.ts";
import { office } from "./en/office.ts";
import { owner } from "./en/owner.ts";
import { reconcile } from "./en/reconcile.ts";
import { shop } from "./en/shop.ts";
import { told } from "./en/told.ts";
import type { Messages } from "./messages.ts";

/** English, for the switch in the header. */
export const en: Messages = {
  ...common,
  ...shop,
  ...account,
  abuse,
  accounts,
  approval,
  cases,
  owner,
  alerts,
  erp,
  errors,
  evidence,
  admin,
  office,
  reconcile,
  told,
  trail,
};
