import { useLoaderData } from "@remix-run/react";
import { env } from "#app/env.server.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { spokenNumber } from "#app/ui/phone.ts";
import { publicMeta } from "#app/ui/public-meta.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = publicMeta("/kontak", (t) => t.company.contact);

export const loader = () => ({
  whatsapp: env.HQ_WHATSAPP,
  address: env.COMPANY_ADDRESS ?? null,
  shop: env.SHOP_URL ?? null,
});

export default function Contact() {
  const { contact: t, name, links } = useMessages().company;
  const { whatsapp, address, shop } = useLoaderData<typeof loader>();
  return (
    <article className="prose">
      <h1>{t.title}</h1>
      <p className="lead">{t.lead}</p>
      <section className="card card--padded">
        <h2>{name}</h2>
        <p className="row">
          <ButtonLink href={`https://wa.me/${whatsapp}`} target="_blank" rel="noopener noreferrer">
            {t.whatsapp}
          </ButtonLink>
          <a className="figures" href={`tel:+${whatsapp}`}>
            {`${t.call} ${spokenNumber(whatsapp)}`}
          </a>
        </p>
        {address ? <p>{`${t.address}: ${address}`}</p> : null}
        {shop ? (
          <p>
            <a href={shop} rel="noopener">
              {links.shop}
            </a>
          </p>
        ) : null}
      </section>
      <p>{t.partner}</p>
      <p>
        <ButtonLink kind="quiet" href="/mitra">
          {links.partner}
        </ButtonLink>
      </p>
    </article>
  );
}
