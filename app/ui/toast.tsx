import { Icon } from "./icons.tsx";

/** The result of what was just done, once, at the top of the next page. */
export function Toast({ message, tone = "good" }: { message: string; tone?: "good" | "warn" }) {
  return (
    <p className={`toast toast--${tone}`} role="status">
      <Icon name={tone === "good" ? "check" : "alert"} />
      <span>{message}</span>
    </p>
  );
}
