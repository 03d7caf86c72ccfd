import type { ReactNode } from "react";
import { formatClock, formatWib } from "./format.ts";
import { Icon } from "./icons.tsx";
import { useLang, useMessages } from "./language.tsx";
import { GoOn, thenField, useSavedForm } from "./page-form.tsx";
import { PostForm } from "./post-form.tsx";

export type Reader = "guest" | "store" | "salesman" | "admin" | "auditor";

export type BannerState = {
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

/** Banners in their fixed order: degraded, bypass, stock age, and the acting bar last, which stays in sight. */
export function Banners({
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

type ActingProps = NonNullable<BannerState["acting"]> & { path: string };

/** In whose name one works, how long, the way to another store and the way out, which leads back to this page. */
function ActingBar({ storeName, minutesLeft, until, path }: ActingProps) {
  const t = useMessages();
  const form = useSavedForm();
  const end = form ? { form, name: thenField, value: "/acting/end", formNoValidate: true } : {};
  const clock = formatClock(until, useLang());
  const left = minutesLeft < 1 ? t.ui.banners.actingLastMinute(clock) : t.ui.banners.actingLeft(minutesLeft, clock);
  return (
    <section className="acting" aria-label={t.ui.banners.actingAs(storeName)}>
      <PostForm className="wrap" action="/acting/end">
        <p>
          <strong>{t.ui.banners.actingAs(storeName)}</strong>
          <span className="acting__left">{` · ${left}`}</span>
          <span className="hidden"> · </span>
        </p>
        <span className="acting__ways">
          <button type="submit" className="button button--on-plum" {...end}>
            {t.ui.banners.actingEnd}
          </button>
          <span className="hidden"> · </span>
          <GoOn href="/clients">{t.ui.banners.actingSwitch}</GoOn>
        </span>
        <input type="hidden" name="next" value={path} />
      </PostForm>
    </section>
  );
}
