import { Keyboard } from "lucide-react";
import { useRef } from "react";
import { Button } from "~/ui/button";
import type { DeskSettings } from "./desk-settings";
import { deskKeys } from "./use-desk-keys";

const modeWords: Record<DeskSettings["keys"], string> = {
  single: "Under Settings they can want Alt held, or be off.",
  alt: "Letters want Alt held, as your settings say.",
  off: "They are off: your settings say so.",
};

/** The keys, and how they are set. */
export function ShortcutsHelp({ mode }: { mode: DeskSettings["keys"] }) {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <Button className="js-only" data-key="?" onClick={() => dialog.current?.showModal()}>
        <Keyboard size={16} aria-hidden="true" /> Keys
      </Button>
      <dialog ref={dialog} className="modal" aria-labelledby="keys-title">
        <h2 id="keys-title">Keys</h2>
        <dl className="keys">
          {deskKeys.map(({ keys, does }) => (
            <div key={does}>
              <dt>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <p className="hint">While entries are selected, a, r and f decide on all of them. {modeWords[mode]}</p>
        <form method="dialog" className="modal-foot mt-5">
          <Button type="submit" tone="primary">
            Done
          </Button>
        </form>
      </dialog>
    </>
  );
}
