/** Constant: the server answers this itself, before Remix; here for development, where Vite stands in between. */
export const loader = () => Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
