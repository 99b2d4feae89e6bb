import { ArrowRight, ChevronsLeft } from "lucide-react";
import { ButtonLink } from "./button";

/** Real links between the pages of a list: works without JavaScript, and a page has an address. */
export function PageLinks({ label, first, next }: { label: string; first: string | null; next: string | null }) {
  if (first === null && next === null) return null;
  return (
    <nav aria-label={label} className="mt-8 flex flex-wrap justify-center gap-3">
      {first !== null && (
        <ButtonLink to={first}>
          <ChevronsLeft size={16} aria-hidden="true" /> Back to the first page
        </ButtonLink>
      )}
      {next !== null && (
        <ButtonLink to={next} rel="next">
          Next page <ArrowRight size={16} aria-hidden="true" />
        </ButtonLink>
      )}
    </nav>
  );
}
