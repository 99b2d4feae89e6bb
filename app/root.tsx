import {
  data,
  type HeadersFunction,
  type LinksFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ShouldRevalidateFunction,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import type { ReactNode } from "react";
import { findViewer } from "~/features/accounts/find-viewer.server";
import { SiteHeader } from "~/features/accounts/site-header";
import { countUnread } from "~/features/notifications/count-unread.server";
import { ErrorPage, errorTitle } from "~/ui/error-page";
import headingFont from "~/ui/fonts/bricolage-grotesque-latin-wght.woff2";
import { Link } from "~/ui/link";
import { useNonce } from "~/ui/nonce";
import pageScript from "~/ui/page-script/page-script.client?worker&url";
import theme from "~/ui/theme.css?url";

/** What a page without a title of its own is called: an error, mostly. */
export const meta: MetaFunction = ({ error }) => [
  { title: error === undefined ? "TrendPot" : `${errorTitle(statusOf(error))} · TrendPot` },
];

export const links: LinksFunction = () => [
  { rel: "preload", as: "font", type: "font/woff2", href: headingFont, crossOrigin: "anonymous" },
  { rel: "stylesheet", href: theme },
  { rel: "icon", type: "image/svg+xml", href: "/favicon.svg" },
];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const themeCookie = /(?:^|;\s*)theme=(light|dark)(?:;|$)/.exec(request.headers.get("cookie") ?? "");
  const viewer = await findViewer(request);
  const unread = viewer ? await countUnread(viewer.userId) : 0;
  return data(
    { viewer, unread, theme: themeCookie?.[1] ?? null, requestId: context.requestId },
    { headers: { "Cache-Control": viewer ? "no-store" : "private, no-cache" } },
  );
}

/**
 * Not with every verdict and every piece of news at a desk, which reads itself anew, and with it how much is unread: a
 * moment without a network would cost the page here.
 */
export const shouldRevalidate: ShouldRevalidateFunction = ({ currentUrl, nextUrl, defaultShouldRevalidate }) =>
  defaultShouldRevalidate &&
  !(/^\/review(\/[^/]+)?$/.test(currentUrl.pathname) && currentUrl.pathname === nextUrl.pathname);

/**
 * Of every page below, its data requests and its errors, unless a route exports its own: what is drawn for somebody
 * signed in is kept nowhere.
 */
export const headers: HeadersFunction = ({ loaderHeaders }) => ({
  "Cache-Control": loaderHeaders.get("Cache-Control") ?? "no-store",
});

/** A page says by its handle whether it hydrates; without a word it does. */
function useIsPublic(): boolean {
  const handle = useMatches().at(-1)?.handle;
  return typeof handle === "object" && handle !== null && "document" in handle && handle.document === "public";
}

/** A page that is read anew without the root says itself how much is unread. */
function useUnread(): number {
  const root = useRouteLoaderData<typeof loader>("root");
  const page = useMatches().at(-1)?.data;
  const own = typeof page === "object" && page !== null && "unread" in page ? page.unread : null;
  return typeof own === "number" ? own : (root?.unread ?? 0);
}

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  const root = useRouteLoaderData<typeof loader>("root");
  const unread = useUnread();
  const isPublic = useIsPublic();
  // Null outside an error boundary, whatever the types say.
  const failed = Boolean(useRouteError());
  return (
    <html lang="en" data-theme={root?.theme ?? undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <Meta />
        <Links />
        <script type="module" src={pageScript} />
      </head>
      <body>
        <a className="skip" href="#main">
          Skip to content
        </a>
        <SiteHeader viewer={root?.viewer ?? null} unread={unread} />
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <SiteFooter />
        {!isPublic && !failed && (
          <>
            <ScrollRestoration nonce={nonce} />
            <Scripts nonce={nonce} />
          </>
        )}
      </body>
    </html>
  );
}

function SiteFooter() {
  return (
    <footer className="mt-8 border-t border-line py-6 text-[0.8125rem] text-ink-muted">
      <div className="wrap flex flex-wrap justify-between gap-x-8 gap-y-3">
        <p>TrendPot shows videos from TikTok and is not part of TikTok.</p>
        <p className="flex gap-5">
          <Link to="/privacy">Privacy</Link>
          <Link to="/terms">Terms</Link>
        </p>
      </div>
    </footer>
  );
}

export default function Root() {
  return <Outlet />;
}

export function ErrorBoundary() {
  const error = useRouteError();
  const root = useRouteLoaderData<typeof loader>("root");
  return <ErrorPage status={statusOf(error)} requestId={root?.requestId ?? null} />;
}

function statusOf(error: unknown): number {
  return isRouteErrorResponse(error) ? error.status : 500;
}
