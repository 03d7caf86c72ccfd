import { useMessages } from "./language.tsx";

/** At the end of every page who we are; for guests also the ways to what there is to know about the company. */
export function Footer({ guest }: { guest: boolean }) {
  const { ui, company } = useMessages();
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
        <p>{ui.footer}</p>
      </div>
    </footer>
  );
}
