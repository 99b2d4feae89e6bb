import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { figuresFilterSchema } from "~/features/moderation/figures";
import { FiguresFilterForm } from "~/features/moderation/figures-filter";
import { FiguresView } from "~/features/moderation/figures-view";
import { showFigures } from "~/features/moderation/show-figures.server";
import { EmptyState } from "~/ui/empty-state";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction = () => [{ title: "Figures · Review · TrendPot" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireViewer(request, "moderator");
  const filter = figuresFilterSchema.parse(Object.fromEntries(new URL(request.url).searchParams));
  return { filter, figures: await showFigures(filter, context.at) };
}

export default function ReviewFigures() {
  const { filter, figures } = useLoaderData<typeof loader>();
  const { decided, undone } = figures.total;
  return (
    <div className="wrap section">
      <PageHead title="Figures" lede="What moderators decided, how long it took, and what did not stand." />
      <FiguresFilterForm filter={filter} choices={figures.choices} />
      {decided + undone === 0 ? (
        <EmptyState title="Nothing was decided">No decision of this period has taken effect.</EmptyState>
      ) : (
        <FiguresView figures={figures} />
      )}
    </div>
  );
}
