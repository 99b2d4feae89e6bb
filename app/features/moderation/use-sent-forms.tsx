import { useFetcher, useSubmit } from "@remix-run/react";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { DeskAnswer, Unsent } from "./decision";
import { settleResent } from "./settle-resent";
import { type SentForm, useUnsentStore } from "./use-unsent-store";
import { whenReachable } from "./when-reachable";

/** More verdicts than this do not wait for the network: whoever is offline that long should know. */
const MOST_UNSENT = 50;
/** How often a desk with something unsent asks whether the server is back. */
const RETRY_MS = 5_000;

type Answer = DeskAnswer | Unsent;

/**
 * Posts the desk's forms without leaving the page, several at once. `leaving`: entries that a form is about, gone from
 * view until its answer is here and the desk has been read anew; what was refused is back then. Answers come as they
 * will, with the order in which their forms were sent. A verdict (`leaving` names one) for which there is no network
 * waits in this tab, over a reload too, and is sent when the server answers again; which version it is about decides
 * whether it still counts. Draw `watches`.
 */
export function useSentForms(options: {
  /** Where the tab keeps what waits. */
  store: string;
  onAnswer: (answer: Answer, order: number) => void;
}): {
  send: (form: FormData, leaving: readonly string[]) => void;
  leaving: ReadonlySet<string>;
  /** Every entry on which somebody at this page has decided and not taken it back: what becomes of it is no news here. */
  acted: ReadonlySet<string>;
  unsent: readonly SentForm[];
  /** Gives up on what waits about an entry. */
  drop: (submissionId: string) => void;
  watches: ReactNode;
} {
  const submit = useSubmit();
  const prefix = useId();
  const made = useRef(0);
  const acted = useRef(new Set<string>());
  const [sent, setSent] = useState<readonly SentForm[]>([]);
  const unsent = sent.filter((form) => form.waits);
  const waiting = unsent.length > 0;
  useUnsentStore(options.store, sent, (kept) => {
    made.current = Math.max(made.current, ...kept.map(({ order }) => order));
    setSent((before) => [...before, ...kept]);
  });

  function post(form: SentForm): void {
    const data = new FormData();
    for (const [name, value] of form.fields) data.append(name, value);
    submit(data, { method: "post", navigate: false, fetcherKey: keyOf(form) });
  }

  const resend = useRef<() => void>(() => undefined);
  resend.current = () => {
    const again = unsent.map((form) => ({ ...form, attempt: form.attempt + 1, waits: false }));
    setSent((before) => before.map((form) => again.find(({ id }) => id === form.id) ?? form));
    for (const form of again) post(form);
  };
  useEffect(() => {
    if (!waiting) return;
    const retry = () => whenReachable(() => resend.current());
    const timer = setInterval(retry, RETRY_MS);
    addEventListener("online", retry);
    return () => {
      clearInterval(timer);
      removeEventListener("online", retry);
    };
  }, [waiting]);

  function hear(form: SentForm, answer: Answer): void {
    if (!("unsent" in answer)) {
      options.onAnswer(form.attempt > 1 ? settleResent(answer, form.fields) : answer, form.order);
      return;
    }
    const keeps = answer.unsent === "offline" && form.leaving.length > 0 && unsent.length < MOST_UNSENT;
    if (keeps) setSent((before) => before.map((one) => (one.id === form.id ? { ...one, waits: true } : one)));
    else {
      setSent((before) => before.filter(({ id }) => id !== form.id));
      options.onAnswer(answer, form.order);
    }
  }

  return {
    send: (form, leaving) => {
      made.current += 1;
      form.set("inPlace", "yes");
      const fields = [...form].map(([name, value]) => [name, String(value)] as const);
      const one = { id: crypto.randomUUID(), order: made.current, fields, leaving, attempt: 1, waits: false };
      for (const id of leaving) acted.current.add(id);
      if (leaving.length === 0) acted.current.delete(String(form.get("submissionId")));
      setSent((before) => [...before, one]);
      post(one);
    },
    leaving: new Set(sent.flatMap((form) => (form.waits ? [] : form.leaving))),
    acted: acted.current,
    unsent,
    drop: (submissionId) => {
      acted.current.delete(submissionId);
      setSent((before) => before.filter((form) => !form.waits || !form.leaving.includes(submissionId)));
    },
    watches: sent.map((form) =>
      form.waits ? null : (
        <Watch
          key={keyOf(form)}
          fetcherKey={keyOf(form)}
          onAnswer={(answer) => hear(form, answer)}
          onSettled={() => setSent((before) => before.filter(({ id }) => id !== form.id))}
        />
      ),
    ),
  };

  function keyOf({ id, attempt }: SentForm): string {
    return `${prefix}${id}.${attempt}`;
  }
}

/** Stands for a form on its way, so that its answer is heard whatever has become of the card that it came from. */
function Watch(props: { fetcherKey: string; onAnswer: (answer: Answer) => void; onSettled: () => void }) {
  const { data, state } = useFetcher<Answer>({ key: props.fetcherKey });
  const kept = useRef(props);
  kept.current = props;
  useEffect(() => {
    if (data) kept.current.onAnswer(data);
  }, [data]);
  useEffect(() => {
    if (data && !("unsent" in data) && state === "idle") kept.current.onSettled();
  }, [data, state]);
  return null;
}
