import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { answerRefusal } from "~/features/answer-refusal.server";
import { checkNow } from "~/features/operations/check-now.server";
import type { Finding } from "~/features/operations/finding";
import { FindingsList } from "~/features/operations/findings-list";
import { showTikTok } from "~/features/operations/show-tiktok.server";
import { QuotaTable, ScopesTable, TikTokFacts } from "~/features/operations/tiktok-facts";
import { Banner } from "~/ui/banner";
import { Button, ButtonLink } from "~/ui/button";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction = () => [{ title: "TikTok · Admin · TrendPot" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireViewer(request, "admin");
  return showTikTok(context.at);
}

const formSchema = z.object({ intent: z.literal("check") });

export async function action({ request, context }: ActionFunctionArgs) {
  await requireViewer(request, "admin");
  const form = formSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) throw data(null, { status: 400 });
  try {
    // Answered, not redirected to: what was found stands nowhere but on this page.
    return { findings: await checkNow(), checkedAt: context.at.toISOString() };
  } catch (error) {
    return answerRefusal(error);
  }
}

export default function TikTok() {
  const standing = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const isChecking = useNavigation().state === "submitting";
  return (
    <div className="wrap section">
      <PageHead title="TikTok" lede="How this installation stands with TikTok. Opening this page asks TikTok nothing.">
        <div className="flex flex-wrap gap-3">
          <ButtonLink to="/admin/challenges">All challenges</ButtonLink>
          <Form method="post">
            <Button type="submit" tone="primary" name="intent" value="check" aria-busy={isChecking}>
              Check now
            </Button>
          </Form>
        </div>
      </PageHead>
      {answer && "refusal" in answer && (
        <Banner tone="rejected" title="Nothing was checked">
          {answer.refusal.words}
        </Banner>
      )}
      {answer && "findings" in answer && <Checked key={answer.checkedAt} findings={answer.findings} />}
      <h2 className="sr-only">Settings</h2>
      <TikTokFacts {...standing} />
      <section className="mt-10" aria-labelledby="scopes">
        <div className="section-head">
          <h2 id="scopes">Scopes</h2>
          <p>
            What <code>TIKTOK_DISPLAY_SCOPES</code> asks for, and what people gave. Links that have ended do not count.
          </p>
        </div>
        <ScopesTable grants={standing.grants} />
      </section>
      <section className="mt-10" aria-labelledby="quota">
        <div className="section-head">
          <h2 id="quota">Calls in this minute</h2>
          <p>All processes together. After a refusal nobody asks that endpoint until its pause is over.</p>
        </div>
        <QuotaTable quotas={standing.quotas} />
      </section>
    </div>
  );
}

function Checked({ findings }: { findings: readonly Finding[] }) {
  const faults = findings.filter(({ ok }) => !ok).length;
  return (
    <section className="mb-10" aria-labelledby="checks">
      <h2 id="checks">Checks</h2>
      {faults === 0 ? (
        <Banner tone="approved" title="All is well" focus>
          {findings.length} checks, and none found a fault.
        </Banner>
      ) : (
        <Banner tone="pending" title={faults === 1 ? "One fault was found" : `${faults} faults were found`} focus>
          Each says what to set or to do.
        </Banner>
      )}
      <FindingsList findings={findings} />
    </section>
  );
}
