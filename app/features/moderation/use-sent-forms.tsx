import { useFetcher, useSubmit } from "@remix-run/react";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { DeskAnswer } from "./decision";

/**
 * Posts the desk's forms without leaving the page, several at once. `leaving`: entries that a form is about, gone from
 * view until its answer is here and the desk has been read anew; what was refused is back then. Answers come as they
 * will, with the order in which their forms were sent. Draw `watches`.
 */
export function useSentForms(onAnswer: (answer: DeskAnswer, order: number) => void): {
  send: (form: FormData, leaving: readonly string[]) => void;
  leaving: ReadonlySet<string>;
  watches: ReactNode;
} {
  const submit = useSubmit();
  const prefix = useId();
  const made = useRef(0);
  const [sent, setSent] = useState<readonly { key: string; order: number; leaving: readonly string[] }[]>([]);
  return {
    send: (form, leaving) => {
      const order = made.current + 1;
      made.current = order;
      const key = `${prefix}${order}`;
      form.set("inPlace", "yes");
      submit(form, { method: "post", navigate: false, fetcherKey: key });
      setSent((before) => [...before, { key, order, leaving }]);
    },
    leaving: new Set(sent.flatMap((form) => form.leaving)),
    watches: sent.map(({ key, order }) => (
      <SentForm
        key={key}
        fetcherKey={key}
        onAnswer={(answer) => onAnswer(answer, order)}
        onSettled={() => setSent((before) => before.filter((form) => form.key !== key))}
      />
    )),
  };
}

/** Stands for a form on its way, so that its answer is heard whatever has become of the card that it came from. */
function SentForm(props: { fetcherKey: string; onAnswer: (answer: DeskAnswer) => void; onSettled: () => void }) {
  const { data, state } = useFetcher<DeskAnswer>({ key: props.fetcherKey });
  const kept = useRef(props);
  kept.current = props;
  useEffect(() => {
    if (data) kept.current.onAnswer(data);
  }, [data]);
  useEffect(() => {
    if (data && state === "idle") kept.current.onSettled();
  }, [data, state]);
  return null;
}
