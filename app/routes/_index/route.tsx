import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Unavailable } from "#app/db/errors.server.ts";
import { admit, page } from "#app/http/page.server.ts";
import { listBrands, listCategories, type Shelf } from "#app/catalogue/shelves.server.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { publicMeta } from "#app/ui/public-meta.ts";
import { visitOf } from "#app/http/visit.server.ts";
import { ProductPicture } from "#app/ui/product-picture.tsx";
import { Partnership } from "./partnership.tsx";
import { Shelves } from "./shelves.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";

/** What search engines are told of the page, and of the company behind it. */
export const meta = publicMeta("/", (t, _, site) => ({
  title: t.catalogue.home.title,
  description: t.company.home.description,
  about: {
    "@type": "Organization",
    name: t.company.name,
    url: site,
    logo: `${site}/social.png`,
    areaServed: "ID",
  },
}));

export async function loader(args: LoaderFunctionArgs) {
  const { lang, login } = await visitOf(args);
  try {
    const work = (db: Parameters<typeof listBrands>[0]) => Promise.all([listBrands(db), listCategories(db, lang)]);
    const { viewer, visit, data } = await page(args, "anyone", work);
    if (login) admit(viewer, "signed-in", visit);
    if (viewer.account) throw redirect("/dashboard", { status: 303 });
    const shown = ({ slug, name }: Shelf) => ({ slug, name });
    return { brands: data[0].map(shown), categories: data[1].map(shown) };
  } catch (error) {
    // The company is still there when its database is not.
    if (error instanceof Unavailable && !login) return { brands: [], categories: [] };
    throw error;
  }
}

export default function Home() {
  const t = useMessages();
  const { brands, categories } = useLoaderData<typeof loader>();
  return (
    <>
      <section className="hero">
        <div className="stack">
          <h1>{t.catalogue.home.title}</h1>
          <p className="lead">{t.catalogue.home.lead}</p>
          <p className="actions">
            <ButtonLink href="/products">{t.catalogue.home.browse}</ButtonLink>
            <ButtonLink kind="quiet" href="/mitra">
              {t.company.links.partner}
            </ButtonLink>
          </p>
          <p>
            {t.catalogue.home.partner} <a href="/login">{t.catalogue.home.signIn}</a>
          </p>
        </div>
        <div className="hero__pictures">
          {["shampoo-0-0", "hair-serum-3-0", "styling-1-8", "treatment-2-5", "tools-7-1", "hair-colour-4-4"].map(
            (picture) => (
              <ProductPicture key={picture} picture={picture} eager />
            ),
          )}
        </div>
      </section>
      <Shelves label={t.company.home.brands} filter="brand" shelves={brands} />
      <Shelves label={t.catalogue.home.categories} filter="category" shelves={categories} />
      <Partnership />
      <ul className="promises">
        {t.catalogue.home.points.map(([head, text]) => (
          <li key={head}>
            <h2>{head}</h2>
            <p className="quiet">{text}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
