import { articlePage } from "#app/ui/public-pages.ts";
import type { Messages } from "#app/words.ts";

type Shown = {
  product: { sku: string; name: string; brand: string; category: string; picture: string; description: string };
};

/** What search engines are told of an article: what a guest reads of it, so no price. */
export function told(_t: Messages, { product }: Shown, site: string) {
  const { sku, name, brand, category, picture, description } = product;
  const said = description || [name, brand, category].join(", ");
  return {
    title: name,
    description: said,
    about: {
      "@type": "Product",
      name,
      sku,
      category,
      description: said,
      brand: { "@type": "Brand", name: brand },
      image: `${site}/pictures/${picture}.svg`,
      url: site + articlePage(sku),
    },
  };
}
