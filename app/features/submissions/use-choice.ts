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
  const [lastPress, setLastPress] = useState<PickerAnswer["intent"] | null>(null);
  // A newer answer to the page's own form is one that was sent before React listened.
  const lookedUp = lookUpOf(lookUp.data) ?? lookUpOf(answer);

  // What was typed and picked before React listened, or what the browser put back.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for the page as it arrived
  useEffect(() => {
    setText(field.current?.value ?? "");
    const standing = form.current && new FormData(form.current).get("videoId");
    if (typeof standing === "string") setPicked(candidateOf(page, standing));
    return () => clearTimeout(pause.current);
  }, []);

  function startLookUp() {
    clearTimeout(pause.current);
    if (!form.current) return;
    setLastPress("look_up");
    const sent = new FormData(form.current);
    sent.set("intent", "look_up");
    lookUp.submit(sent, { method: "post" });
  }

  // The video as this page knows it by now.
  const current = picked && (candidateOf(page, picked.video.tiktokVideoId) ?? picked);
  const isAnswered =
    lookedUp?.pasted === text.trim() && lookedUp.videoId === (current?.video.tiktokVideoId ?? "") ? lookedUp : null;
  return {
    form,
    field,
    text,
    picked: current,
    /** The answer about what stands in the form now. */
    lookedUp: isAnswered,
    /** What will be entered, as far as it is known. */
    chosen: isAnswered?.found ?? (text.trim() === "" ? current : null),
    isLookingUp: lookUp.state !== "idle",
    lastPress,
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
      } else setLastPress("enter");
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
