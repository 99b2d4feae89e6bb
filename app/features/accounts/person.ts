import { z } from "zod";
import { type Role, roles } from "./account";

/** A person as admins see them, and how they are looked for. */

export interface Person {
  userId: string;
  displayName: string;
  avatarUrl: string | null;
  username: string | null;
  role: Role;
  /** ISO time. */
  lastSignedInAt: string;
  /** The configuration makes them an admin again whenever they sign in. */
  isAdminByConfiguration: boolean;
}

export interface PeopleView {
  /** A part of a name or user name, or a whole open_id; empty for everybody. */
  query: string;
  role: Role | null;
  /** The person who ended the page before. */
  after: string | null;
}

const viewSchema = z.object({
  query: z
    .string()
    .trim()
    .transform((text) => text.slice(0, 200).replaceAll("\u0000", "").toWellFormed())
    .catch(""),
  role: z.enum(roles).nullable().catch(null),
  after: z.uuid().nullable().catch(null),
});

/** What the search part of the address asks for; what is malformed counts as left out. */
export function readPeopleView(search: URLSearchParams): PeopleView {
  return viewSchema.parse({ query: search.get("q"), role: search.get("role"), after: search.get("after") });
}

/** The search part of the address that shows a view, with its `?`; empty for the first page of everybody. */
export function peopleSearch({ query, role, after }: PeopleView): string {
  const search = new URLSearchParams();
  if (query !== "") search.set("q", query);
  if (role !== null) search.set("role", role);
  if (after !== null) search.set("after", after);
  return search.size === 0 ? "" : `?${search}`;
}

/** `seenRole`: the one that the admin saw them have. */
export const giveRoleSchema = z.object({ userId: z.uuid(), role: z.enum(roles), seenRole: z.enum(roles) });
export type GiveRole = z.infer<typeof giveRoleSchema>;
