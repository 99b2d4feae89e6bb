import { Form } from "@remix-run/react";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { Link } from "~/ui/link";
import { Time } from "~/ui/time";
import type { DeadLetters } from "./jobs-standing";

const PAGE = "/admin/jobs";
const format = (count: number) => count.toLocaleString("en");

/**
 * A queue's jobs whose every attempt failed, each with its reason. One is retried by one press; all of them by two, of
 * which the first only asks (`asked`), by a GET, so that it needs no script.
 */
export function DeadLettersPanel({ letters, asked }: { letters: DeadLetters; asked: boolean }) {
  const { queue, count, shown } = letters;
  const isOne = count === 1;
  return (
    <section className="mt-6" aria-labelledby={`dead-${queue}`}>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <h3 id={`dead-${queue}`}>
          <code>{queue}</code> · {format(count)}
        </h3>
        {!asked && !isOne && (
          <Form method="get" action={PAGE}>
            <Button type="submit" name="ask" value={queue} aria-label={`Retry all of ${queue}`}>
              Retry all
            </Button>
          </Form>
        )}
      </div>
      {asked && (
        <Banner
          tone="pending"
          title={isOne ? `Retry the one of ${queue}?` : `Retry all ${format(count)} of ${queue}?`}
          focus
          action={
            <Form method="post" action={PAGE} className="flex flex-wrap items-center gap-4">
              <input type="hidden" name="queue" value={queue} />
              <Button type="submit" tone="primary" name="intent" value="retry_all">
                Retry all
              </Button>
              <Link to={PAGE}>Leave them</Link>
            </Form>
          }
        >
          Mend what made them fail first, or they will come back here.
        </Banner>
      )}
      <ul className="panel divide-y divide-line" aria-label={`Dead letters of ${queue}`}>
        {shown.map(({ id, jobId, attempts, reason, failedAt, isTold }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-5 py-4">
            <div className="min-w-0 flex-[1_1_280px]">
              <p className="break-words font-semibold text-ink-strong">{reason}</p>
              <p className="hint mt-1 break-words">
                <Time at={failedAt} /> · after {attempts === 1 ? "one attempt" : `${format(attempts)} attempts`} · job{" "}
                <code className="break-all">{jobId}</code>
              </p>
            </div>
            {isTold ? (
              <Form method="post" action={PAGE}>
                <input type="hidden" name="queue" value={queue} />
                <input type="hidden" name="id" value={id} />
                <Button type="submit" name="intent" value="retry_one" aria-label={`Retry job ${jobId}`}>
                  Retry
                </Button>
              </Form>
            ) : (
              <p className="hint">It is still being put away.</p>
            )}
          </li>
        ))}
      </ul>
      {count > shown.length && <p className="hint mt-2">{format(count - shown.length)} older ones are not shown.</p>}
    </section>
  );
}
