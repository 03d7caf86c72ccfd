import { z } from "zod";
import { day } from "#app/ui/day.ts";
import { posts } from "./incident.ts";

const id = (code: string) =>
  z
    .string(code)
    .regex(/^\d{1,15}$/, code)
    .transform(Number);

/** Somebody who is told of incidents; `id`: whose entry is changed, none for a new one. */
export const personForm = z.object({
  id: z.union([z.literal("").transform(() => null), id("BAD_INPUT")]).optional(),
  name: z.string("NAME").trim().min(1, "NAME").max(80, "NAME"),
  email: z.string("EMAIL").trim().max(200, "EMAIL"),
  phone: z.string().trim().max(30, "PHONE").optional(),
  language: z.enum(["id", "en"], "BAD_INPUT"),
  active: z.literal("yes").optional(),
});
export type PersonWords = z.output<typeof personForm>;

/** A post for some days; without a last day it goes on. */
export const rotaForm = z.object({
  post: z.enum(posts, "POST"),
  responder: id("PERSON"),
  from: day("DUE_DAY"),
  to: z.union([z.literal("").transform(() => null), day("DUE_DAY")]).optional(),
});
export type Duty = z.output<typeof rotaForm>;

/** Which line of the rota ends. */
export const endForm = z.object({ rota: id("BAD_INPUT") });
