import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData, useLocation } from "@remix-run/react";
import { z } from "zod";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { DeadLettersPanel } from "~/features/operations/dead-letters";
import { retrySchema } from "~/features/operations/jobs-standing";
import { FailuresTable, FreshnessFigures, QueuesTable } from "~/features/operations/jobs-tables";
import { retryJobs } from "~/features/operations/retry-jobs.server";
import { showJobs } from "~/features/operations/show-jobs.server";
import { Banner } from "~/ui/banner";
import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction = () => [{ title: "Jobs · Admin · TrendPot" }];

const retriedSchema = z.coerce.number().int().min(0).nullable().catch(null);

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireViewer(request, "admin");
  const search = new URL(request.url).searchParams;
  return {
    ...(await showJobs(context.at)),
    asked: search.get("ask"),
    retried: retriedSchema.parse(search.get("retried")),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, "admin");
  const form = retrySchema.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) throw data(null, { status: 400 });
  const retried = await retryJobs(form.data, viewer, context.requestId);
  if (retried === null) throw data(null, { status: 400 });
  throw redirect(`/admin/jobs?retried=${retried}`);
}

export default function Jobs() {
  const { queues, failures, dead, asked, retried, ...freshness } = useLoaderData<typeof loader>();
  // A second result is told anew although it reads like the first.
  const { key } = useLocation();
  return (
    <div className="wrap section">
      <PageHead title="Jobs" lede="What TrendPot does by itself, how far behind it is, and what failed.">
        <ButtonLink to="/admin/challenges">All challenges</ButtonLink>
      </PageHead>
      {retried !== null && <Retried key={key} count={retried} />}
      <FreshnessFigures {...freshness} />
      <section className="mt-10" aria-labelledby="dead">
        <div className="section-head">
          <h2 id="dead">Dead letters</h2>
          <p>
            Jobs whose every attempt failed. They are kept for 30 days; a sync goes on at the page where it stopped.
          </p>
        </div>
        {dead.length === 0 && <EmptyState title="Nothing has died">Every job was done, or is still tried.</EmptyState>}
        {dead.map((letters) => (
          <DeadLettersPanel key={letters.queue} letters={letters} asked={asked === letters.queue} />
        ))}
      </section>
      <section className="mt-10" aria-labelledby="failures">
        <div className="section-head">
          <h2 id="failures">Failures by reason</h2>
          <p>Of the last seven days, with those that are still tried.</p>
        </div>
        {failures.shown.length === 0 ? (
          <EmptyState title="Nothing failed">There is no failure to tell of.</EmptyState>
        ) : (
          <FailuresTable {...failures} />
        )}
      </section>
      <section className="mt-10" aria-labelledby="queues">
        <div className="section-head">
          <h2 id="queues">Queues</h2>
          <p>All processes together. A queue with a schedule works at those minutes, in one process.</p>
        </div>
        <QueuesTable queues={queues} />
      </section>
    </div>
  );
}

function Retried({ count }: { count: number }) {
  if (count === 0) {
    return (
      <Banner tone="info" title="Nothing was retried" focus>
        It was retried already, or it is still being put away. This is how it stands now.
      </Banner>
    );
  }
  return (
    <Banner
      tone="approved"
      title={count === 1 ? "One job is retried" : `${count.toLocaleString("en")} jobs are retried`}
      focus
    >
      What fails again comes back here once it has had all its attempts.
    </Banner>
  );
}
