import { escapeHtml } from "./embed-markup";
import { type Call, notFound, type Reply } from "./exchange";
import { between } from "./seeded-random";
import type { World } from "./world";

/** A drawn profile picture: initials on two shapes of one hue that belong to the account. */
export function serveAvatar(world: World, call: Call): Reply {
  const match = /^\/avatars\/([^/]+)\.svg$/.exec(call.url.pathname);
  const member = world.members.get(safelyDecoded(match?.[1] ?? ""));
  if (!member) return notFound();
  // The golden angle: neighbours in the list never look alike.
  const hue = Math.round([...world.members.keys()].indexOf(member.openId) * 137.5 + 205) % 360;
  const turn = between(`${member.openId}:turn`, 0, 359);
  const initials = member.displayName
    .split(/\s+/)
    .map((word) => [...word.replace(/[^\p{L}\p{N}]/gu, "")][0] ?? "")
    .join("");
  const letters = escapeHtml([...initials].slice(0, 2).join("").toLocaleUpperCase("en"));
  const body =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">` +
    `<rect width="96" height="96" fill="hsl(${hue} 45% 34%)"/>` +
    `<g transform="rotate(${turn} 48 48)"><circle cx="20" cy="26" r="34" fill="hsl(${(hue + 40) % 360} 50% 42%)"/>` +
    `<path d="M0 70q48-34 96 0v26H0z" fill="hsl(${(hue + 330) % 360} 48% 26%)"/></g>` +
    `<text x="48" y="50" font-family="system-ui,sans-serif" font-size="36" font-weight="600" fill="#fff" ` +
    `text-anchor="middle" dominant-baseline="central">${letters}</text></svg>`;
  return {
    status: 200,
    headers: {
      "content-type": "image/svg+xml; charset=utf-8",
      "cache-control": "private, max-age=3600",
      "content-security-policy": "default-src 'none'",
      "cross-origin-resource-policy": "cross-origin",
    },
    body,
    code: "ok",
  };
}

export function safelyDecoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
