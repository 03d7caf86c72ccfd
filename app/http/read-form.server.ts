/**
 * Every text field of a form, the first of each name. Files and forms of another kind are no forms of ours: 400.
 * A line ends as it did in the browser's field, whose limit counts it as one letter; browsers send it as two.
 */
export async function readForm(request: Request): Promise<Record<string, string>> {
  const values: Record<string, string> = Object.create(null); // A field may be called anything, "constructor" too.
  if (!request.headers.has("content-type")) return values; // A form without fields, sent by a script.
  try {
    for (const [name, value] of await request.formData()) {
      if (typeof value === "string") values[name] ??= value.replace(/\r\n?/g, "\n");
    }
  } catch {
    throw new Response(null, { status: 400 });
  }
  return values;
}
