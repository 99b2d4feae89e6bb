import { type LinkProps, Link as RemixLink } from "@remix-run/react";

/** Paths whose pages hydrate. Everything else is public: plain HTML. */
const APP_PATHS = /^\/(studio|account|notifications|review|admin|challenges\/[^/]+\/submit)(\/|\?|#|$)/;

/** A link that loads the document unless both pages hydrate: a public page knows no router. */
export function Link({ to, ...rest }: Omit<LinkProps, "to" | "reloadDocument"> & { to: string }) {
  return <RemixLink to={to} reloadDocument={!APP_PATHS.test(to)} prefetch="none" {...rest} />;
}
