import type { ShownChallenge } from "./challenge";

/** A challenge as search engines know events (https://schema.org/Event): it takes place online, from opening to closing. */
export function describeEvent(challenge: ShownChallenge, address: string, picture: string) {
  return {
    "@context": "https://schema.org",
    "@type": "Event",
    name: challenge.title,
    description: challenge.brief,
    url: address,
    image: [picture],
    startDate: challenge.opensAt,
    endDate: challenge.closesAt,
    eventStatus: `https://schema.org/${challenge.phase === "cancelled" ? "EventCancelled" : "EventScheduled"}`,
    eventAttendanceMode: "https://schema.org/OnlineEventAttendanceMode",
    location: { "@type": "VirtualLocation", url: address },
    organizer: { "@type": "Organization", name: challenge.organizer },
  };
}
