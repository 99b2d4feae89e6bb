import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { RuleWords } from "~/features/moderation/rule-words";
import { showEnabledRules } from "~/features/moderation/show-enabled-rules.server";
import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { PageHead } from "~/ui/page-head";
import { Time } from "~/ui/time";

export const meta: MetaFunction<typeof loader> = ({ data: shown }) => [
  { title: shown ? `Rules that help · ${shown.title} · TrendPot` : "Not found · TrendPot" },
];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { role } = await requireViewer(request, "moderator");
  const shown = await showEnabledRules(params.slug ?? "", context.at);
  if (!shown) throw data(null, { status: 404 });
  return { ...shown, mayChange: role === "admin" };
}

/** What rules do at this desk, to be read by whoever sees them at work. */
export default function HelpingRules() {
  const { slug, title, rules, mayChange } = useLoaderData<typeof loader>();
  return (
    <div className="wrap section max-w-3xl">
      <PageHead title="Rules that help" lede={title}>
        <div className="flex flex-wrap gap-2">
          <ButtonLink to={`/review/${slug}`}>Back to the desk</ButtonLink>
          {mayChange && <ButtonLink to={`/admin/challenges/${slug}/review`}>Change rules</ButtonLink>}
        </div>
      </PageHead>
      <p className="mb-6 text-ink-muted">
        They look at an entry when it is handed in. None rejects: a person does that. Admins make and change them.
      </p>
      {rules.length === 0 ? (
        <EmptyState title="No rule is on">Every entry of this challenge comes to you as it was handed in.</EmptyState>
      ) : (
        <ul className="grid gap-4">
          {rules.map((rule) => (
            <li key={rule.id}>
              <article className="panel grid gap-3 p-5" aria-label={rule.name}>
                <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
                  <h2 className="min-w-0 break-words text-base" dir="auto">
                    {rule.name}
                  </h2>
                  <span className="hint">
                    Version {rule.version}, on since <Time at={rule.enabledAt} />
                  </span>
                </div>
                <RuleWords rule={rule} />
              </article>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
