import { createContext, type ReactNode, useContext } from "react";

/**
 * The form that a page is about, by the id of its element. `enter`: what Enter says in it; `whole`: it can only be sent
 * as a whole, so no way out saves it.
 */
export type PageForm = { id: string; enter?: { name: string; value: string }; whole?: true };
/** What a route says of itself: which form it shows for this data of its loader, if it shows one. */
export type PageFormOf<Data> = (data: Data) => PageForm | null;

/** Where to go on to when what was typed is saved; and the language in which the form is handed back, still unsaved. */
export const thenField = "then";
export const speakField = "speak";

const Form = createContext<PageForm | null>(null);

export function PageFormProvider({ value, children }: { value: PageForm | null; children: ReactNode }) {
  return <Form.Provider value={value}>{children}</Form.Provider>;
}

/** The id of the form that this page is about: the language switch is a button of it, and hands it back. */
export const usePageForm = () => useContext(Form)?.id ?? null;

/** The same where it can be saved on the way: whatever leads away is a button of it, so that what was typed is kept. */
export function useSavedForm() {
  const form = useContext(Form);
  return form && !form.whole ? form.id : null;
}

/**
 * What Enter presses in the page's form: the first button that belongs to it, before those of the head. Unseen, and as
 * the form wants it.
 */
export function PageFormEnter() {
  const form = useContext(Form);
  return form ? (
    <button type="submit" form={form.id} {...form.enter} className="hidden" tabIndex={-1} aria-hidden="true" />
  ) : null;
}

type GoOnProps = { href: string; className?: string; current?: "page"; children: ReactNode };

/** On to another page: a link, or where something may have been typed a button that saves it on the way. */
export function GoOn({ href, className, current, children }: GoOnProps) {
  const form = useSavedForm();
  return form ? (
    <button
      type="submit"
      form={form}
      name={thenField}
      value={href}
      className={className ? `as-link ${className}` : "as-link"}
      aria-current={current}
      formNoValidate
    >
      {children}
    </button>
  ) : (
    <a href={href} className={className} aria-current={current}>
      {children}
    </a>
  );
}
