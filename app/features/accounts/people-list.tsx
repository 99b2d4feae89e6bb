import { Form } from "@remix-run/react";
import { type LucideIcon, Scale, ShieldCheck, User } from "lucide-react";
import { Avatar } from "~/ui/avatar";
import { Button } from "~/ui/button";
import { Chip } from "~/ui/chip";
import { Time } from "~/ui/time";
import { type Role, roles } from "./account";
import type { Person } from "./person";

export const roleLabels: Record<Role, string> = { creator: "Creator", moderator: "Moderator", admin: "Admin" };

const icons: Record<Role, LucideIcon> = { creator: User, moderator: Scale, admin: ShieldCheck };

/** People with what they may do here, and a button for each other role but one's own. */
export function PeopleList({ people, viewerId }: { people: readonly Person[]; viewerId: string }) {
  return (
    <ul className="panel divide-y divide-line" aria-label="People">
      {people.map((person) => (
        <li key={person.userId} className="flex flex-wrap items-center gap-x-6 gap-y-3 px-5 py-4">
          <div className="flex min-w-0 flex-[1_1_260px] items-center gap-3">
            <Avatar name={person.displayName} url={person.avatarUrl} />
            <div className="min-w-0">
              <strong className="block break-words text-ink-strong">
                <span dir="auto">{person.displayName}</span>
              </strong>
              <p className="hint break-words">
                {person.username && `@${person.username} · `}
                Last signed in <Time at={person.lastSignedInAt} />
              </p>
              {person.isAdminByConfiguration && (
                <p className="hint">The configuration makes them an admin whenever they sign in.</p>
              )}
            </div>
          </div>
          <Chip tone={person.role === "creator" ? "neutral" : "info"} icon={icons[person.role]}>
            {roleLabels[person.role]}
          </Chip>
          {person.userId === viewerId ? (
            <p className="hint">This is you.</p>
          ) : (
            <Form method="post" className="flex flex-wrap gap-2">
              <input type="hidden" name="userId" value={person.userId} />
              <input type="hidden" name="seenRole" value={person.role} />
              {roles
                .filter((role) => role !== person.role)
                .map((role) => (
                  <Button
                    key={role}
                    type="submit"
                    name="role"
                    value={role}
                    aria-label={`Make ${person.displayName} ${role === "admin" ? "an" : "a"} ${role}`}
                  >
                    Make {role}
                  </Button>
                ))}
            </Form>
          )}
        </li>
      ))}
    </ul>
  );
}
