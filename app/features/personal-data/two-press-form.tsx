import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { Link } from "~/ui/link";

interface TwoPressFormProps {
  /** What is posted as `intent`, and asked for as `?ask=`. */
  intent: string;
  title: string;
  /** What it does, before anything is pressed. */
  children: ReactNode;
  button: string;
  /** What is asked after the first press, and what follows from a second. */
  question: string;
  warning: string;
  keep: string;
  asked: boolean;
  /** The page that it stands in. */
  action: string;
}

/**
 * What cannot be had back, in two presses of one button: the first only asks, by a GET, so that it needs no script; the
 * second does it.
 */
export function TwoPressForm(props: TwoPressFormProps) {
  const { intent, title, children, button, question, warning, keep, asked, action } = props;
  return (
    <section aria-labelledby={intent} className="mt-10 grid justify-items-start gap-3">
      <h2 id={intent} className="!text-[1.25rem]">
        {title}
      </h2>
      {asked ? (
        <Banner
          tone="pending"
          title={question}
          focus
          action={
            <Form method="post" action={action} className="flex flex-wrap items-center gap-4">
              <Button type="submit" tone="danger" name="intent" value={intent}>
                {button}
              </Button>
              <Link to={action}>{keep}</Link>
            </Form>
          }
        >
          {warning}
        </Banner>
      ) : (
        <>
          <p className="max-w-[60ch] text-ink-muted">{children}</p>
          <Form method="get" action={action}>
            <Button type="submit" name="ask" value={intent}>
              {button}
            </Button>
          </Form>
        </>
      )}
    </section>
  );
}
