import { abuse } from "./id/abuse.ts";
import { account } from "./id/account.ts";
import { accounts } from "./id/accounts.ts";
import { admin } from "./id/admin.ts";
import { trail } from "./id/audit.ts";
import { alerts } from "./id/alerts.ts";
import { approval } from "./id/approval.ts";
import { cases } from "./id/cases.ts";
import { common } from "./id/common.ts";
import { erp } from "./id/erp.ts";
import { errors } from "./id/errors.ts";
import { evidence } from "./id/evidence.ts";
import { office } from "./id/office.ts";
import { owner } from "./id/owner.ts";
import { reconcile } from "./id/reconcile.ts";
import { shop } from "./id/shop.ts";
import { told } from "./id/told.ts";

/** Bahasa Indonesia: the source of the keys; the other language has to have the same ones. */
export const id = {
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
