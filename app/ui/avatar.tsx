/** A person's picture, or their initials; the name stands beside it, so it is decoration. */
export function Avatar({ name, url, small = false }: { name: string; url: string | null; small?: boolean }) {
  const size = small ? 22 : 32;
  const initials = Array.from(name.matchAll(/\p{L}/gu), ([letter]) => letter);
  return (
    <span className={small ? "avatar avatar-small" : "avatar"} aria-hidden="true">
      {url ? (
        <img src={url} alt="" width={size} height={size} loading="lazy" referrerPolicy="no-referrer" />
      ) : (
        (initials[0] ?? "?").toUpperCase()
      )}
    </span>
  );
}
