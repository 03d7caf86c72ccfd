import type { Network } from "#app/cases/geo.ts";

export type Operator = { name: string; network: Exclude<Network, "UNKNOWN"> };
const fixed = (name: string): Operator => ({ name, network: "FIXED" });
const mobile = (name: string): Operator => ({ name, network: "MOBILE" });

/**
 * The networks that Indonesian salesmen order from, by autonomous system number. Whoever sells both kinds under one
 * number counts as mobile: the wider circle accuses nobody. Whatever is missing here is UNKNOWN, hosting and VPN among
 * it.
 */
export const operators: ReadonlyMap<number, Operator> = new Map([
  [23693, mobile("Telkomsel")],
  [4761, mobile("Indosat")],
  [4795, mobile("Indosat")],
  [45727, mobile("Tri")],
  [24203, mobile("XL")],
  [17885, mobile("XL")],
  [139994, mobile("XL")],
  [18004, mobile("Smartfren")],
  [133798, mobile("Smartfren")],
  [7713, fixed("Telkom IndiHome")],
  [17974, fixed("Telkom IndiHome")],
  [17451, fixed("Biznet")],
  [38482, fixed("Biznet")],
  [23700, fixed("First Media")],
  [9905, fixed("First Media")],
  [4787, fixed("CBN")],
  [135478, fixed("CBN")],
  [63859, fixed("MyRepublic")],
  [9341, fixed("Iconnet")],
  [38757, fixed("Iconnet")],
  [131111, fixed("Moratelindo")],
  [17995, fixed("iForte")],
  [17670, fixed("MNC Play")],
]);
