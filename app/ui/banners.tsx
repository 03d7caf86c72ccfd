import type { ReactNode } from "react";
import { formatWib } from "./format.ts";
import { Icon } from "./icons.tsx";
import { useLang, useMessages } from "./language.tsx";
import { PostForm } from "./post-form.tsx";

export type BannerState = {
  /** The ERP is out of reach or an admin forced degraded mode. */
  degraded: boolean;
  /** The reader is staff: he is told what it means for his work, not what customers are promised. */
  staff?: boolean;
  /** Minutes since the last good stock snapshot; shown beyond 30; null when there was none, and for guests. */
  stockAgeMinutes: number | null;
  /** Nothing has ever come from the ERP. Told to those who see stock. */
  stockUnknown?: boolean;
  acting: { storeName: string; minutesLeft: number } | null;
  /** When CREDIT_CHECK_BYPASS ends; given to admins and auditors only. */
  bypassUntil?: Date | string | null;
};

/** Banners in their fixed order: degraded, bypass, stock age, and the acting bar last, which stays in sight. */
export function Banners({
  degraded,
  staff = false,
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
        <Banner>{staff ? <a href="/admin/erp">{t.ui.banners.degradedStaff}</a> : t.ui.banners.degraded}</Banner>
      ) : null}
      {bypassUntil ? (
        <Banner>
          <a href="/admin/settings/CREDIT_CHECK_BYPASS" title={t.approvals.bypassLink}>
            {t.ui.banners.bypass(formatWib(bypassUntil, lang))}
          </a>
        </Banner>
      ) : null}
      {stockAgeMinutes !== null && stockAgeMinutes > 30 ? (
        <Banner>{t.ui.banners.stockAge(stockAgeMinutes)}</Banner>
      ) : null}
      {stockUnknown ? <Banner>{t.carts.stockUnknown}</Banner> : null}
      {acting ? <ActingBar {...acting} path={path} /> : null}
    </>
  );
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
function ActingBar({ storeName, minutesLeft, path }: ActingProps) {
  const t = useMessages();
  const left = minutesLeft < 1 ? t.ui.banners.actingLastMinute : t.ui.banners.actingLeft(minutesLeft);
  return (
    <section className="acting" aria-label={t.ui.banners.actingAs(storeName)}>
      <PostForm className="wrap" action="/acting/end">
        <p>
          <strong>{t.ui.banners.actingAs(storeName)}</strong>
          <span className="acting__left">{` · ${left}`}</span>
          <span className="hidden"> · </span>
        </p>
        <span className="acting__ways">
          <button type="submit" className="button button--on-plum">
            {t.ui.banners.actingEnd}
          </button>
          <span className="hidden"> · </span>
          <a href="/clients">{t.ui.banners.actingSwitch}</a>
        </span>
        <input type="hidden" name="next" value={path} />
      </PostForm>
    </section>
  );
}
