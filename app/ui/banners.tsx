import type { ReactNode } from "react";
import { ActingBar } from "./acting-bar.tsx";
import { formatWib } from "./format.ts";
import { Icon } from "./icons.tsx";
import { useLang, useMessages } from "./language.tsx";

export type Reader = "guest" | "store" | "salesman" | "admin" | "auditor";

export type BannerState = {
  /** Nothing can be changed, or (for staff, who alone is here then) the shop is closed. Until when, and what for. */
  maintenance?: { mode: "READ_ONLY" | "FULL"; until: string | null; text: string | null } | null;
  /** The ERP is out of reach or an admin forced degraded mode. */
  degraded: boolean;
  /** Who reads: each is told what it means for him. */
  reader?: Reader;
  /**
   * Minutes since the last good stock snapshot; null when there was none, and for guests. Shown beyond 30; where stock
   * is bought by, in degraded mode, from the first.
   */
  stockAgeMinutes: number | null;
  /** Nothing has ever come from the ERP. Told to those who see stock. */
  stockUnknown?: boolean;
  acting: { storeName: string; minutesLeft: number; until: string } | null;
  /** When CREDIT_CHECK_BYPASS ends; given to admins and auditors only. */
  bypassUntil?: Date | string | null;
};

/** Banners in their fixed order: maintenance, degraded, bypass, stock age, and last the acting bar, which stays. */
export function Banners({
  maintenance,
  degraded,
  reader = "guest",
  stockAgeMinutes,
  stockUnknown = false,
  bypassUntil,
  acting,
  path = "/clients",
}: BannerState & { path?: string }) {
  const t = useMessages();
  const lang = useLang();
  return (
    <>
      {maintenance ? (
        <Banner>
          <a href="/status">
            {t.ui.banners.maintenance[maintenance.mode](maintenance.until && formatWib(maintenance.until, lang))}
          </a>
          {maintenance.text ? ` ${maintenance.text}` : ""}
        </Banner>
      ) : null}
      {degraded ? (
        <Banner>
          <OfErp reader={reader}>{t.ui.banners.degraded[reader]}</OfErp>
        </Banner>
      ) : null}
      {bypassUntil ? (
        <Banner>
          <a href="/admin/settings/CREDIT_CHECK_BYPASS" title={t.approvals.bypassLink}>
            {t.ui.banners.bypass(formatWib(bypassUntil, lang))}
          </a>
        </Banner>
      ) : null}
      {stockAgeMinutes !== null && (stockAgeMinutes > 30 || (degraded && ofStock.test(path))) ? (
        <Banner>
          <OfErp reader={reader}>{t.ui.banners.stockAge(stockAgeMinutes)}</OfErp>
        </Banner>
      ) : null}
      {stockUnknown ? (
        <Banner>
          <OfErp reader={reader}>{t.ui.banners.stockUnknown[reader]}</OfErp>
        </Banner>
      ) : null}
      {acting ? <ActingBar {...acting} path={path} /> : null}
    </>
  );
}

// Catalogue, product, cart and checkout.
const ofStock = /^\/(?:products|cart|checkout)(?:[/?]|$)/;

/** Staff is led on to the page of the ERP. */
function OfErp({ reader, children }: { reader: Reader; children: ReactNode }) {
  return reader === "admin" || reader === "auditor" ? <a href="/admin/erp">{children}</a> : children;
}

function Banner({ children }: { children: ReactNode }) {
  return (
    <div className="banner" role="status">
      <p className="wrap">
        <Icon name="alert" />
        <span>{children}</span>
      </p>
    </div>
  );
}
