import { type LoaderFunctionArgs, redirect } from "@remix-run/node";

/** The short address that fits into a text message: goes on to the page of «Bukan saya», which reads its code. */
export const loader = ({ params }: LoaderFunctionArgs) =>
  redirect(`/bukan-saya/${encodeURIComponent(params.code ?? "")}`, {
    headers: { "cache-control": "private, no-store", "x-robots-tag": "noindex, nofollow" },
  });
