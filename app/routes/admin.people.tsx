import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { Search } from "lucide-react";
import { roles } from "~/features/accounts/account";
import { giveRole } from "~/features/accounts/give-role.server";
import { listPeople } from "~/features/accounts/list-people.server";
import { PeopleList, roleLabels } from "~/features/accounts/people-list";
import { giveRoleSchema, type PeopleView, peopleSearch, readPeopleView } from "~/features/accounts/person";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { answerRefusal } from "~/features/answer-refusal.server";
import { Banner } from "~/ui/banner";
import { Button, ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { Link } from "~/ui/link";
import { PageHead } from "~/ui/page-head";
import { PageLinks } from "~/ui/page-links";

export const meta: MetaFunction = () => [{ title: "People · Admin · TrendPot" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, "admin");
  const search = new URL(request.url).searchParams;
  const view = readPeopleView(search);
  return { ...(await listPeople(view)), view, viewerId: viewer.userId, changed: search.get("changed") };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, "admin");
  const form = giveRoleSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) throw data(null, { status: 400 });
  try {
    await giveRole(form.data, viewer, context.requestId);
  } catch (error) {
    return answerRefusal(error);
  }
  const here = new URL(request.url);
  here.searchParams.set("changed", form.data.userId);
  throw redirect(`${here.pathname}${here.search}`);
}

/** After a refusal too: somebody was first, and the list shows how things stand. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export default function People() {
  const { people, nextAfter, view, viewerId, changed } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>()?.refusal ?? null;
  const to = (change: Partial<PeopleView>) => `/admin/people${peopleSearch({ ...view, after: null, ...change })}`;
  return (
    <div className="wrap section">
      <PageHead title="People" lede="Who has signed in, and what they may do here.">
        <ButtonLink to="/admin/challenges">All challenges</ButtonLink>
      </PageHead>
      {refusal && (
        <Banner tone="rejected" title="Nothing changed">
          {refusal.code === "CONFLICT" ? "Their role was changed since. This is how it stands now." : refusal.words}
        </Banner>
      )}
      {!refusal && changed && (
        <Banner key={changed} tone="approved" title="The role is changed" focus>
          Their sessions have ended; it counts from their next sign-in.
        </Banner>
      )}
      <div className="mb-6 flex flex-wrap items-center gap-x-4 gap-y-3">
        <nav aria-label="Roles">
          <ul className="orders">
            {[null, ...roles].map((role) => (
              <li key={role}>
                <Link to={to({ role })} aria-current={role === view.role ? "true" : undefined}>
                  {role === null ? "All" : `${roleLabels[role]}s`}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <search className="w-full xs:ml-auto xs:w-auto">
          <Form method="get" className="flex gap-2">
            {view.role !== null && <input type="hidden" name="role" value={view.role} />}
            <input
              key={view.query}
              className="input xs:w-60"
              type="search"
              name="q"
              aria-label="Name or TikTok open_id"
              placeholder="Name or open_id"
              maxLength={200}
              defaultValue={view.query}
            />
            <Button type="submit" aria-label="Search people" className="btn-icon flex-none">
              <Search size={16} aria-hidden="true" />
            </Button>
          </Form>
        </search>
      </div>
      {people.length === 0 ? (
        <EmptyState title="Nobody found" action={<ButtonLink to="/admin/people">Show everybody</ButtonLink>}>
          Only people who have signed in once are here.
        </EmptyState>
      ) : (
        <PeopleList people={people} viewerId={viewerId} />
      )}
      <PageLinks
        label="Pages of people"
        first={view.after === null ? null : to({})}
        next={nextAfter === null ? null : to({ after: nextAfter })}
      />
    </div>
  );
}
