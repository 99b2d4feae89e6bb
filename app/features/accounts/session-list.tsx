import { Form } from "@remix-run/react";
import { MonitorSmartphone } from "lucide-react";
import { Button } from "~/ui/button";
import { Chip } from "~/ui/chip";
import { Time } from "~/ui/time";
import type { ListedSession } from "./list-sessions.server";

/** Where somebody is signed in, with the buttons that end it. `action`: the page that it stands in. */
export function SessionList({ sessions, action }: { sessions: readonly ListedSession[]; action: string }) {
  const others = sessions.filter(({ isHere }) => !isHere);
  return (
    <section aria-labelledby="sessions" className="mt-10 grid justify-items-start gap-3">
      <h2 id="sessions" className="!text-[1.25rem]">
        Where you are signed in
      </h2>
      <ul className="facts-panel w-full">
        {sessions.map(({ id, isHere, device, startedAt, lastSeenAt }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-3 bg-surface-1 px-5 py-4">
            <div className="grid gap-1">
              <p className="flex flex-wrap items-center gap-2">
                <strong id={`device-${id}`}>{device}</strong>
                {isHere && (
                  <Chip tone="info" icon={MonitorSmartphone}>
                    This device
                  </Chip>
                )}
              </p>
              <p className="text-ink-muted">
                Signed in <Time at={startedAt} />, last seen <Time at={lastSeenAt} />
              </p>
            </div>
            {!isHere && (
              <Form method="post" action={action}>
                <input type="hidden" name="sessionId" value={id} />
                <Button type="submit" name="intent" value="end_session" aria-describedby={`device-${id}`}>
                  End session
                </Button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <Form method="post" action={action}>
          <Button type="submit" name="intent" value="end_other_sessions">
            Sign out everywhere else
          </Button>
        </Form>
      )}
    </section>
  );
}
