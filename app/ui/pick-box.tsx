/** A tick box in a list, for deciding about several: big enough for a thumb. */
export function PickBox({ name = "order", value, label }: { name?: string; value: string; label: string }) {
  const id = `pick-${value}`;
  return (
    <label className="pick" htmlFor={id}>
      <input type="checkbox" id={id} name={name} value={value} />
      <span className="hidden">{label}</span>
    </label>
  );
}
