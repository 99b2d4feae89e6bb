import { ArrowDown, ArrowRight, ChevronsLeft } from "lucide-react";
import { ButtonLink } from "./button";

/** Real links between the pages of a list: works without JavaScript, and a page has an address. */
export function PageLinks(props: {
  label: string;
  first: string | null;
  next: string | null;
  /** The page's script shows the next page's items under those of `[data-more-list]` (see show-more.ts). */
  grows?: boolean;
}) {
  const { label, first, next, grows } = props;
  if (first === null && next === null) return null;
  return (
    <nav
      aria-label={label}
      data-more-links={grows ? "" : undefined}
      className="mt-8 flex flex-wrap justify-center gap-3"
    >
      {first !== null && (
        <ButtonLink to={first}>
          <ChevronsLeft size={16} aria-hidden="true" /> Back to the first page
        </ButtonLink>
      )}
      {next !== null && (
        <ButtonLink to={next} rel="next" data-more={grows ? "" : undefined}>
          {grows ? "Show more" : "Next page"}{" "}
          {grows ? <ArrowDown size={16} aria-hidden="true" /> : <ArrowRight size={16} aria-hidden="true" />}
        </ButtonLink>
      )}
    </nav>
  );
}
