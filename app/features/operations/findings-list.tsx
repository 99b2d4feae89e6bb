import { CircleAlert, CircleCheck } from "lucide-react";
import { Chip } from "~/ui/chip";
import type { Finding } from "./finding";

/** The doctor's checks, each with what was measured, and when it does not stand well the one thing to do. */
export function FindingsList({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul className="panel divide-y divide-line" aria-label="Checks">
      {findings.map(({ check, ok, says }) => (
        <li key={check} className="grid gap-x-6 gap-y-2 px-5 py-4 sm:grid-cols-[110px_200px_1fr]">
          <div>
            <Chip tone={ok ? "approved" : "rejected"} icon={ok ? CircleCheck : CircleAlert}>
              {ok ? "Good" : "Fault"}
            </Chip>
          </div>
          <strong className="text-ink-strong first-letter:uppercase">{check}</strong>
          <p className="min-w-0 break-words">{ok ? says : `${says}.`}</p>
        </li>
      ))}
    </ul>
  );
}
