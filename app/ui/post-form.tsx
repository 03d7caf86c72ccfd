import { createContext, type FormHTMLAttributes, type ReactNode, useContext } from "react";
import { useOnward } from "./here.tsx";
import { shownForField } from "./shown-for-field.ts";

const ShownFor = createContext("");

/** Tells every form below whom this page is shown to: see writeShownFor. Empty for a guest. */
export function ShownForProvider({ value, children }: { value: string; children: ReactNode }) {
  return <ShownFor.Provider value={value}>{children}</ShownFor.Provider>;
}

type Props = Omit<FormHTMLAttributes<HTMLFormElement>, "method"> & {
  /** Keeps the reader's place when the same page comes back. */
  "data-keep-place"?: boolean;
};

/**
 * A form that changes something. It says whom it was shown to, because another tab may have changed person or store by
 * the time it is sent. Every form of ours that posts is one.
 */
export function PostForm({ children, action, ...attributes }: Props) {
  const shownFor = useContext(ShownFor);
  const onward = useOnward();
  return (
    <form method="post" action={typeof action === "string" ? onward(action) : action} {...attributes}>
      {children}
      {shownFor ? <input type="hidden" name={shownForField} value={shownFor} /> : null}
    </form>
  );
}
