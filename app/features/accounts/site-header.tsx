import { NavLink } from "@remix-run/react";
import { Bell, Menu, SunMoon } from "lucide-react";
import { Avatar } from "~/ui/avatar";
import { Brand } from "~/ui/brand";
import { ButtonLink } from "~/ui/button";
import { Link } from "~/ui/link";
import type { Viewer } from "./account";

interface Place {
  to: string;
  label: string;
}

/** Where this person may go. */
function placesFor(viewer: Viewer | null): Place[] {
  const places = [{ to: "/", label: "Challenges" }];
  if (!viewer) return places;
  places.push({ to: "/studio", label: "My videos" }, { to: "/studio/entries", label: "My entries" });
  if (viewer.role !== "creator") places.push({ to: "/review", label: "Review" });
  if (viewer.role === "admin") places.push({ to: "/admin/challenges", label: "Admin" });
  return places;
}

/**
 * Brand, places, theme, and for whoever is signed in how much is new and who they are. On a phone the places are in a menu
 * that needs no script.
 */
export function SiteHeader({ viewer, unread }: { viewer: Viewer | null; unread: number }) {
  const places = placesFor(viewer);
  return (
    <header className="top">
      <div className="wrap top-row">
        <Link to="/" className="brand" aria-label="TrendPot, home">
          <Brand />
        </Link>
        <nav className="nav" aria-label="Main">
          <Places places={places} />
        </nav>
        <div className="ml-auto flex items-center gap-1">
          <button
            type="button"
            className="btn btn-quiet btn-icon js-only"
            data-theme-toggle=""
            aria-label="Switch between light and dark"
          >
            <SunMoon size={18} aria-hidden="true" />
          </button>
          {viewer ? (
            <>
              <UnreadLink unread={unread} />
              <Link
                to="/account"
                aria-label={`Account of ${viewer.displayName}`}
                className="grid min-h-10 min-w-10 place-items-center rounded-full"
              >
                <Avatar name={viewer.displayName} url={viewer.avatarUrl} />
              </Link>
            </>
          ) : (
            <ButtonLink to="/login">Sign in</ButtonLink>
          )}
          <details className="menu">
            <summary className="btn btn-quiet btn-icon" aria-label="Menu">
              <Menu size={20} aria-hidden="true" />
            </summary>
            <nav aria-label="Menu">
              <Places places={places} />
            </nav>
          </details>
        </div>
      </div>
    </header>
  );
}

/** More than this is many, and would not fit. */
const MOST_SHOWN = 99;

function UnreadLink({ unread }: { unread: number }) {
  return (
    <NavLink
      to="/notifications"
      className="btn btn-quiet btn-icon relative"
      aria-label={unread === 0 ? "Notifications" : `Notifications, ${unread} unread`}
    >
      <Bell size={18} aria-hidden="true" />
      {unread > 0 && (
        <span className="unread-count" aria-hidden="true">
          {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
        </span>
      )}
    </NavLink>
  );
}

function Places({ places }: { places: readonly Place[] }) {
  return places.map(({ to, label }) => (
    <NavLink key={to} to={to} end={to === "/" || to === "/studio"} reloadDocument={to === "/"}>
      {label}
    </NavLink>
  ));
}
