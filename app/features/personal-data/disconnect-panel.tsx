import { Form } from "@remix-run/react";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { Link } from "~/ui/link";

/**
 * Ends the link in two presses of *Disconnect*: the first only asks, by a GET, so that it needs no script; the second
 * does it. `action`: the page that it stands in.
 */
export function DisconnectPanel({ asked, action }: { asked: boolean; action: string }) {
  return (
    <section aria-labelledby="disconnect" className="mt-10 grid justify-items-start gap-3">
      <h2 id="disconnect" className="!text-[1.25rem]">
        Disconnect TikTok
      </h2>
      {asked ? (
        <Banner
          tone="pending"
          title="Disconnect TikTok now?"
          focus
          action={
            <Form method="post" action={action} className="flex flex-wrap items-center gap-4">
              <Button type="submit" tone="danger" name="intent" value="disconnect">
                Disconnect
              </Button>
              <Link to={action}>Keep it connected</Link>
            </Form>
          }
        >
          Your videos are no longer updated and you cannot enter new ones. Your entries stay in. Reconnect at any time.
        </Banner>
      ) : (
        <>
          <p className="max-w-[60ch] text-ink-muted">
            TrendPot deletes its access to your TikTok account and tells TikTok to end it. Your entries stay in.
          </p>
          <Form method="get" action={action}>
            <Button type="submit" name="ask" value="disconnect">
              Disconnect
            </Button>
          </Form>
        </>
      )}
    </section>
  );
}
