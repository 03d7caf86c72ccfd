import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { admit, page } from "#app/http/page.server.ts";
import { listCategories } from "#app/catalogue/shelves.server.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { Filters } from "#app/ui/filters.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { title } from "#app/ui/title.ts";
import { visitOf } from "#app/http/visit.server.ts";
import { ProductPicture } from "#app/ui/product-picture.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.catalogue.home.title);

export async function loader(args: LoaderFunctionArgs) {
  const { lang, login } = await visitOf(args);
  const { viewer, visit, data } = await page(args, "anyone", (db) => listCategories(db, lang));
  if (login) admit(viewer, "signed-in", visit);
  if (viewer.account) throw redirect("/dashboard", { status: 303 });
  return { categories: data };
}

export default function Home() {
  const t = useMessages();
  const { categories } = useLoaderData<typeof loader>();
  return (
    <>
      <section className="hero">
        <div className="stack">
          <h1>{t.catalogue.home.title}</h1>
          <p className="lead">{t.catalogue.home.lead}</p>
          <p className="actions">
            <ButtonLink href="/products">{t.catalogue.home.browse}</ButtonLink>
            <ButtonLink kind="quiet" href="/login">
              {t.catalogue.home.signIn}
            </ButtonLink>
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
      <section className="stack">
        <h2>{t.catalogue.home.categories}</h2>
        <Filters
          label={t.catalogue.category}
          links={categories.map(({ slug, name }) => ({
            label: name,
            href: `/products?category=${slug}`,
            current: false,
          }))}
        />
      </section>
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
