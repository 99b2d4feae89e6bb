import { Keyboard } from "lucide-react";
import { useRef } from "react";
import { Button } from "~/ui/button";
import { deskKeys } from "./use-desk-keys";

/** The keys, and the switch for all of them. */
export function ShortcutsHelp({ on, onSwitch }: { on: boolean; onSwitch: (on: boolean) => void }) {
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
        <p className="hint">While entries are selected, a, r and f decide on all of them.</p>
        <label className="mt-4 flex min-h-6 items-center gap-3">
          <input type="checkbox" checked={on} onChange={(event) => onSwitch(event.currentTarget.checked)} />
          Single keys decide and move in this browser
        </label>
        <form method="dialog" className="modal-foot mt-5">
          <Button type="submit" tone="primary">
            Done
          </Button>
        </form>
      </dialog>
    </>
  );
}
