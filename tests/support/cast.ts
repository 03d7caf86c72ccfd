const account = (n: number) => `a0000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const store = (n: number) => `b0000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
/** The people of the demo, by the fixed ids of the seed. */
export const people = {
  budi: account(1),
  maya: account(2),
  admin: account(9001),
  auditor: account(9002),
  sari: account(9003),
  agus: account(9004),
  admin2: account(9005),
};
/** Their stores. */
export const stores = { budi: store(1), maya: store(2) };
export type Name = keyof typeof people;
