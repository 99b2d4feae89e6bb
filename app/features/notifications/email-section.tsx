import { Form } from "@remix-run/react";
import { CircleAlert, CircleCheck, Clock, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { Refusal } from "~/features/answer-refusal.server";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { Chip, type Tone } from "~/ui/chip";
import { Field } from "~/ui/field";
import { Link } from "~/ui/link";
import { Time } from "~/ui/time";
import { choiceLabels, type MailAddress, mailChoices } from "./mail-address";

interface EmailSectionProps {
  mail: { sendsMail: boolean; own: MailAddress | null };
  /** An address that came back: what was written, and what is wrong with it. */
  answer: { filled: string; errors: string[]; refusal: Refusal | null } | null;
  /** The page that it stands in. */
  action: string;
}

/** Where notifications go by e-mail, and how often. */
export function EmailSection({ mail: { sendsMail, own }, answer, action }: EmailSectionProps) {
  return (
    <section aria-labelledby="email" className="mt-10 grid justify-items-start gap-3">
      <h2 id="email" className="!text-[1.25rem]">
        E-mail
      </h2>
      {answer?.refusal && (
        <Banner tone="rejected" title="No letter was sent">
          {answer.refusal.words}
        </Banner>
      )}
      {sendsMail ? (
        <p className="max-w-[60ch] text-ink-muted">
          {own === null
            ? "Hear of decisions on your entries by e-mail too. TikTok gives us no address, so it is one of your choice."
            : `What you read under Notifications comes to this address too${own.state === "confirmed" ? "" : ", once it is confirmed"}.`}
        </p>
      ) : (
        <p className="max-w-[60ch] text-ink-muted">
          This site sends no e-mail. You read everything under <Link to="/notifications">Notifications</Link>.
        </p>
      )}
      {own !== null && <OwnAddress own={own} sendsMail={sendsMail} action={action} />}
      {sendsMail && own === null && <AddressForm answer={answer} action={action} />}
    </section>
  );
}

function AddressForm({ answer, action }: Pick<EmailSectionProps, "answer" | "action">) {
  return (
    <Form method="post" action={action} noValidate className="grid w-full max-w-[420px] gap-3">
      <Field
        id="address"
        label="E-mail address"
        hint="We send one letter with a link to confirm it."
        errors={answer?.errors}
      >
        {(wiring) => (
          <input
            className="input"
            type="email"
            name="address"
            autoComplete="email"
            maxLength={254}
            defaultValue={answer?.filled}
            {...wiring}
          />
        )}
      </Field>
      <Button type="submit" name="intent" value="give_address" className="justify-self-start">
        Send the letter
      </Button>
    </Form>
  );
}

function OwnAddress({ own, sendsMail, action }: { own: MailAddress; sendsMail: boolean; action: string }) {
  return (
    <div className="panel grid w-full max-w-[720px] gap-4 p-5">
      <div className="flex flex-wrap items-center gap-3">
        <strong className="min-w-0 break-words">{own.address}</strong>
        <StateOf own={own} />
      </div>
      {sendsMail && <WhatNow own={own} action={action} />}
      <Form method="post" action={action} className="flex flex-wrap items-center gap-3">
        {sendsMail && own.state !== "confirmed" && (
          <>
            <input type="hidden" name="address" value={own.address} />
            <Button type="submit" name="intent" value="give_address">
              Send the letter again
            </Button>
          </>
        )}
        <Button type="submit" name="intent" value="remove_address">
          Remove this address
        </Button>
      </Form>
    </div>
  );
}

const chips: Record<MailAddress["state"], { tone: Tone; icon: LucideIcon; words: string }> = {
  waiting: { tone: "pending", icon: Clock, words: "Not confirmed yet" },
  confirmed: { tone: "approved", icon: CircleCheck, words: "Confirmed" },
  unreachable: { tone: "rejected", icon: CircleAlert, words: "Out of reach" },
};

function StateOf({ own }: { own: MailAddress }) {
  const { words, ...look } = chips[own.state];
  return (
    <span data-state={own.state}>
      <Chip {...look}>{words}</Chip>
    </span>
  );
}

function WhatNow({ own, action }: { own: MailAddress; action: string }): ReactNode {
  switch (own.state) {
    case "waiting":
      return (
        <p className="max-w-[60ch]">
          A letter with a link is on its way. Open the link by <Time at={own.until} />, or the address is forgotten.
        </p>
      );
    case "unreachable":
      return (
        <p className="max-w-[60ch]">
          We could not reach this address on <Time at={own.since} />, so no more letters go there. If it is right, have
          the letter sent again; if not, remove it and give another one.
        </p>
      );
    case "confirmed":
      return (
        <Form method="post" action={action} className="grid gap-3">
          <fieldset>
            <legend className="mb-2 font-semibold text-ink-strong">How often</legend>
            <ul className="grid gap-1">
              {mailChoices.map((choice) => (
                <li key={choice}>
                  <label className="flex min-h-8 items-center gap-3">
                    <input type="radio" name="choice" value={choice} defaultChecked={own.choice === choice} />
                    {choiceLabels[choice]}
                  </label>
                </li>
              ))}
            </ul>
          </fieldset>
          <Button type="submit" name="intent" value="choose_mail" className="justify-self-start">
            Save
          </Button>
        </Form>
      );
  }
}
