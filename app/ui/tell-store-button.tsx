import { PostForm } from "./post-form.tsx";

type Props = { number: string; text: string; label: string; children: string; small?: boolean };

/**
 * Opens WhatsApp with a message for an order's store, in a tab of its own: a form, so that the opening is on record in
 * every browser and without script.
 */
export function TellStoreButton({ number, text, label, children, small = false }: Props) {
  return (
    <PostForm action={`/admin/orders/${number}/told`} target="_blank" rel="noopener">
      <input type="hidden" name="text" value={text} />
      <button type="submit" className={`button ${small ? "button--small" : "button--main"}`} aria-label={label}>
        {children}
      </button>
    </PostForm>
  );
}
