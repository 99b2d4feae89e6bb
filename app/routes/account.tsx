import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  redirectDocument,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { endSessions } from "~/features/accounts/end-sessions.server";
import { endOfLink } from "~/features/accounts/link-health";
import { LinkHealthBanner } from "~/features/accounts/link-health-banner";
import { LinkHealthChip } from "~/features/accounts/link-health-chip";
import { listSessions } from "~/features/accounts/list-sessions.server";
import { requireLink } from "~/features/accounts/require-link.server";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { SessionList } from "~/features/accounts/session-list";
import { answerRefusal } from "~/features/answer-refusal.server";
import { chooseMail } from "~/features/notifications/choose-mail.server";
import { EmailSection } from "~/features/notifications/email-section";
import { findMailAddress } from "~/features/notifications/find-mail-address.server";
import { giveAddress } from "~/features/notifications/give-address.server";
import { mailAddressSchema, mailChoices } from "~/features/notifications/mail-address";
import { removeAddress } from "~/features/notifications/remove-address.server";
import { disconnectTikTok } from "~/features/personal-data/disconnect-tiktok.server";
import { erasePerson } from "~/features/personal-data/erase-person.server";
import { TwoPressForm } from "~/features/personal-data/two-press-form";
import { findSyncStatus } from "~/features/videos/find-sync-status.server";
import { Button } from "~/ui/button";
import { PageHead } from "~/ui/page-head";
import { Time } from "~/ui/time";

export const meta: MetaFunction = () => [{ title: "Account · TrendPot" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const [link, sync, sessions, mail] = await Promise.all([
    requireLink(viewer.accountId),
    findSyncStatus(viewer.accountId),
    listSessions(request, viewer),
    findMailAddress(viewer),
  ]);
  const asked = new URL(request.url).searchParams.get("ask");
  const shown = { link, sync, sessions, mail, role: viewer.role, asked };
  return data(shown, { headers: { "Cache-Control": "no-store" } });
}

const formSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("disconnect") }),
  z.object({ intent: z.literal("erase") }),
  z.object({ intent: z.literal("end_session"), sessionId: z.uuid() }),
  z.object({ intent: z.literal("end_other_sessions") }),
  z.object({ intent: z.literal("give_address"), address: z.string() }),
  z.object({ intent: z.literal("choose_mail"), choice: z.enum(mailChoices) }),
  z.object({ intent: z.literal("remove_address") }),
]);

export async function action({ request, context: { requestId } }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const form = formSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) throw data(null, { status: 400 });
  switch (form.data.intent) {
    case "disconnect":
      await disconnectTikTok(viewer, requestId);
      break;
    case "end_session":
      await endSessions(request, viewer, { only: form.data.sessionId }, requestId);
      break;
    case "end_other_sessions":
      await endSessions(request, viewer, "others", requestId);
      break;
    case "choose_mail":
      await chooseMail(viewer, form.data.choice);
      break;
    case "remove_address":
      await removeAddress(viewer);
      break;
    case "give_address": {
      const filled = form.data.address;
      const address = mailAddressSchema.safeParse(filled);
      if (!address.success) {
        const errors = z.flattenError(address.error).formErrors;
        return data({ filled, errors, refusal: null }, { status: 400 });
      }
      try {
        await giveAddress(viewer, address.data);
      } catch (error) {
        const answer = answerRefusal(error);
        return data({ filled, errors: [], ...answer.data }, answer.init ?? undefined);
      }
      break;
    }
    case "erase":
      throw redirectDocument("/login?erased=1", { headers: { "Set-Cookie": await erasePerson(viewer, requestId) } });
  }
  throw redirect("/account");
}

export default function Account() {
  const { link, sync, sessions, mail, role, asked } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
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
      <EmailSection mail={mail} answer={answer ?? null} action="/account" />
      <SessionList sessions={sessions} action="/account" />
      <section aria-labelledby="export" className="mt-10 grid justify-items-start gap-3">
        <h2 id="export" className="!text-[1.25rem]">
          Export my data
        </h2>
        <p className="max-w-[60ch] text-ink-muted">
          One file with everything TrendPot holds on you: profile, videos with their numbers, entries with what was
          decided, sessions, and what was done with your account.
        </p>
        <Form method="post" action="/account/export" reloadDocument>
          <Button type="submit">Export my data</Button>
        </Form>
      </section>
      {(endOfLink(link.health) === null || link.health === "expired") && (
        <TwoPressForm
          intent="disconnect"
          title="Disconnect TikTok"
          button="Disconnect"
          question="Disconnect TikTok now?"
          warning="Your videos are no longer updated and you cannot enter new ones. Your entries stay in. Reconnect at any time."
          keep="Keep it connected"
          asked={asked === "disconnect"}
          action="/account"
        >
          TrendPot deletes its access to your TikTok account and tells TikTok to end it. Your entries stay in.
        </TwoPressForm>
      )}
      <TwoPressForm
        intent="erase"
        title="Delete my data"
        button="Delete my data"
        question="Delete everything TrendPot holds on you?"
        warning="Your profile, videos, numbers and sessions are gone at once, and your entries are withdrawn. Frozen standings keep your rank as “removed entry”. This cannot be undone."
        keep="Keep my data"
        asked={asked === "erase"}
        action="/account"
      >
        TrendPot ends its access to your TikTok account and deletes what it holds on you. Decisions on your entries are
        kept without your name and without their words. Your videos stay on TikTok.
      </TwoPressForm>
    </div>
  );
}
