import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { countUnread } from "~/features/notifications/count-unread.server";
import { listNotifications } from "~/features/notifications/list-notifications.server";
import { markRead } from "~/features/notifications/mark-read.server";
import { NotificationCard } from "~/features/notifications/notification-card";
import { Button, ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { PageHead } from "~/ui/page-head";
import { PageLinks } from "~/ui/page-links";

export const meta: MetaFunction = () => [{ title: "Notifications · TrendPot" }];

const searchSchema = z.object({ before: z.uuid().nullable().catch(null) });

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const { before } = searchSchema.parse({ before: new URL(request.url).searchParams.get("before") });
  const [page, unread] = await Promise.all([
    listNotifications(viewer.userId, { at: context.at, before }),
    countUnread(viewer.userId),
  ]);
  const shown = { ...page, before, unread, at: context.at.toISOString() };
  return data(shown, { headers: { "Cache-Control": "no-store" } });
}

const formSchema = z.object({ seenAt: z.iso.datetime() });

export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const form = formSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) throw data(null, { status: 400 });
  await markRead(viewer.userId, new Date(form.data.seenAt));
  throw redirect("/notifications");
}

export default function Notifications() {
  const { notifications, nextBefore, before, unread, at } = useLoaderData<typeof loader>();
  return (
    <div className="wrap section">
      <div className="max-w-[760px]">
        <PageHead title="Notifications" lede={unread === 0 ? "You have read everything." : `${unread} not read yet.`}>
          {unread > 0 && (
            <Form method="post" action="/notifications">
              <input type="hidden" name="seenAt" value={at} />
              <Button type="submit">Mark all as read</Button>
            </Form>
          )}
        </PageHead>
        {notifications.length === 0 ? (
          <EmptyState title="Nothing to tell you yet" action={<ButtonLink to="/studio/entries">My entries</ButtonLink>}>
            When something happens to one of your entries, you read it here.
          </EmptyState>
        ) : (
          <ul className="grid gap-3">
            {notifications.map((notification) => (
              <li key={notification.id}>
                <NotificationCard notification={notification} />
              </li>
            ))}
          </ul>
        )}
        <PageLinks
          label="Pages of notifications"
          first={before === null ? null : "/notifications"}
          next={nextBefore === null ? null : `/notifications?before=${nextBefore}`}
        />
      </div>
    </div>
  );
}
