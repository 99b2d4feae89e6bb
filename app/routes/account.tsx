import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { endOfLink } from "~/features/accounts/link-health";
import { LinkHealthBanner } from "~/features/accounts/link-health-banner";
import { LinkHealthChip } from "~/features/accounts/link-health-chip";
import { requireLink } from "~/features/accounts/require-link.server";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { DisconnectPanel } from "~/features/personal-data/disconnect-panel";
import { disconnectTikTok } from "~/features/personal-data/disconnect-tiktok.server";
import { findSyncStatus } from "~/features/videos/find-sync-status.server";
import { Button } from "~/ui/button";
import { PageHead } from "~/ui/page-head";
import { Time } from "~/ui/time";

export const meta: MetaFunction = () => [{ title: "Account · TrendPot" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const [link, sync] = await Promise.all([requireLink(viewer.accountId), findSyncStatus(viewer.accountId)]);
  const asked = new URL(request.url).searchParams.get("ask") === "disconnect";
  return data({ link, sync, role: viewer.role, asked }, { headers: { "Cache-Control": "no-store" } });
}

const formSchema = z.object({ intent: z.literal("disconnect") });

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  if (!formSchema.safeParse(Object.fromEntries(await request.formData())).success) throw data(null, { status: 400 });
  await disconnectTikTok(viewer, context.requestId);
  throw redirect("/account");
}

export default function Account() {
  const { link, sync, role, asked } = useLoaderData<typeof loader>();
  return (
    <div className="wrap section">
      <PageHead title={link.displayName} lede={`Signed in with TikTok as a ${role}.`}>
        <Form method="post" action="/logout" reloadDocument>
          <Button type="submit">Sign out</Button>
        </Form>
      </PageHead>
      <LinkHealthBanner link={link} returnTo="/account" />
      <dl className="facts-panel">
        <div>
          <dt>TikTok link</dt>
          <dd>
            <LinkHealthChip health={link.health} />
          </dd>
        </div>
        <div>
          <dt>Connected</dt>
          <dd>
            <Time at={link.connectedAt} />
          </dd>
        </div>
        <div>
          <dt>Last sync</dt>
          <dd>{sync.endedAt ? <Time at={sync.endedAt} /> : "Not yet"}</dd>
        </div>
        <div>
          <dt>Next sync</dt>
          <dd>{sync.nextAt && link.health === "healthy" ? <Time at={sync.nextAt} /> : "When you press Sync now"}</dd>
        </div>
        <div>
          <dt>What you let TrendPot read</dt>
          <dd>
            {link.grantedScopes.length === 0 ? (
              "Nothing any more"
            ) : (
              <ul className="scope-list">
                {link.grantedScopes.map((scope) => (
                  <li key={scope}>
                    <code>{scope}</code>
                  </li>
                ))}
              </ul>
            )}
          </dd>
        </div>
      </dl>
      {(endOfLink(link.health) === null || link.health === "expired") && (
        <DisconnectPanel asked={asked} action="/account" />
      )}
    </div>
  );
}
