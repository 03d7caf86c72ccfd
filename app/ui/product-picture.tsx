export function ProductPicture({ picture, eager = false }: { picture: string; eager?: boolean }) {
  return (
    <img
      className="picture"
      src={`/pictures/${picture}.svg`}
      alt=""
      width="400"
      height="400"
      loading={eager ? "eager" : "lazy"}
      decoding="async"
    />
  );
}
