import { useFetcher } from "@remix-run/react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Candidate } from "./list-candidates.server";
import { isWorthLookingUp, type LookedUp, type PickerAnswer, type PickerPage } from "./picker";

/** Long enough to finish typing, and to press the button oneself. */
const PAUSE_MS = 1_000;

/**
 * What is picked or pasted on the picker's page. Without JavaScript it is what the form's last answer says. With it, the
 * last act counts (picking a card takes a pasted text back, and the other way round), and a pasted text is looked up by
 * itself after a pause.
 */
export function useChoice(page: PickerPage, answer: PickerAnswer | null) {
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const lookUp = useFetcher<PickerAnswer>();
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [text, setText] = useState(answer?.pasted ?? "");
  const [picked, setPicked] = useState<Candidate | null>(() => candidateOf(page, answer?.videoId ?? ""));
  /** Refusals that a later press of the other button has put behind. */
  const [overtaken, setOvertaken] = useState<readonly string[]>([]);
  // The form itself sends a look-up only while React does not listen yet: before any that is sent here.
  const lookedUp = lookUpOf(lookUp.data) ?? lookUpOf(answer);
  const notEntered = answer?.intent === "enter" ? answer.refused : null;

  // What was typed and picked before React listened, or what the browser put back.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for the page as it arrived
  useEffect(() => {
    setText(field.current?.value ?? "");
    const checked = form.current && new FormData(form.current).get("videoId");
    if (typeof checked === "string") setPicked(candidateOf(page, checked));
    return () => clearTimeout(pause.current);
  }, []);

  function overtake(refused: { answerId: string } | null | undefined) {
    if (refused) setOvertaken((before) => [...before, refused.answerId]);
  }

  function startLookUp() {
    clearTimeout(pause.current);
    if (!form.current) return;
    overtake(notEntered);
    const sent = new FormData(form.current);
    sent.set("intent", "look_up");
    lookUp.submit(sent, { method: "post" });
  }

  // The video as this page knows it by now.
  const current = picked && (candidateOf(page, picked.video.tiktokVideoId) ?? picked);
  const standing =
    lookedUp?.pasted === text.trim() && lookedUp.videoId === (current?.video.tiktokVideoId ?? "") ? lookedUp : null;
  const shown = <R extends { answerId: string }>(refused: R | null | undefined) =>
    refused && !overtaken.includes(refused.answerId) ? refused : null;
  return {
    form,
    field,
    text,
    picked: current,
    /** What was found for what stands in the form now. */
    found: standing?.found ?? null,
    notFound: shown(standing?.refused),
    notEntered: shown(notEntered),
    /** What will be entered, as far as it is known. */
    chosen: standing?.found ?? (text.trim() === "" ? current : null),
    isLookingUp: lookUp.state !== "idle",
    type: (typed: string) => {
      clearTimeout(pause.current);
      setText(typed);
      if (typed.trim() !== "") setPicked(null);
      if (isWorthLookingUp(typed)) pause.current = setTimeout(startLookUp, PAUSE_MS);
    },
    pick: (candidate: Candidate) => {
      clearTimeout(pause.current);
      setPicked(candidate);
      setText("");
      if (field.current) field.current.value = "";
    },
    submit: (event: FormEvent) => {
      clearTimeout(pause.current);
      if (isLookUp(event)) {
        event.preventDefault();
        startLookUp();
      } else overtake(lookedUp?.refused);
    },
  };
}

export type Choice = ReturnType<typeof useChoice>;

function candidateOf({ candidates }: PickerPage, tiktokVideoId: string): Candidate | null {
  return candidates.find(({ video }) => video.tiktokVideoId === tiktokVideoId) ?? null;
}

function lookUpOf(answer: PickerAnswer | null | undefined): LookedUp | null {
  return answer?.intent === "look_up" ? answer : null;
}

function isLookUp({ nativeEvent }: FormEvent): boolean {
  const button = nativeEvent instanceof SubmitEvent ? nativeEvent.submitter : null;
  return button instanceof HTMLButtonElement && button.value === "look_up";
}
