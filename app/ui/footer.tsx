import { tellablePage } from "#app/link-keys.ts";
import { useMessages } from "./language.tsx";
import { GoOn } from "./page-form.tsx";

/**
 * At the end of every page who we are, how the system is, and where to say that something is wrong; for guests also the
 * ways to what there is to know about the company.
 */
export function Footer({ guest, path }: { guest: boolean; path: string }) {
  const { ui, company, incidents, status } = useMessages();
  const t = company.links;
  return (
    <footer className="footer">
      <div className="wrap">
        {guest ? (
          <nav className="footer__links" aria-label={t.label}>
            <a href="/mitra">{t.partner}</a>
            <a href="/tentang">{t.about}</a>
            <a href="/kontak">{t.contact}</a>
            <a href="/privasi">{t.privacy}</a>
            <a href="/ketentuan">{t.terms}</a>
          </nav>
        ) : null}
        <p className="footer__line">
          <span>{ui.footer}</span>
          {/^\/status(\?|$)/.test(path) ? null : <GoOn href="/status">{status.title}</GoOn>}
          {/^\/lapor(\?|$)/.test(path) ? null : (
            <GoOn href={`/lapor?dari=${encodeURIComponent(tellablePage(path))}`}>{incidents.reports.link}</GoOn>
          )}
        </p>
      </div>
    </footer>
  );
}
