import { SlidersHorizontal } from "lucide-react";
import type { FormEvent } from "react";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { type DeskSettings, keysLabels, keysModes } from "./desk-settings";

/** How the viewer wants their desk, in whatever browser. */
export function DeskSettingsForm(props: {
  settings: DeskSettings;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}) {
  const { settings, onSubmit } = props;
  const { blurCovers, mutePlayers, keys } = settings;
  return (
    <details className="desk-settings">
      <summary className="btn">
        <SlidersHorizontal size={16} aria-hidden="true" /> Settings
      </summary>
      <form
        // What was kept elsewhere in the meantime is a new form.
        key={JSON.stringify(settings)}
        method="post"
        className="desk-menu"
        onSubmit={(event) => {
          event.currentTarget.closest("details")?.removeAttribute("open");
          onSubmit(event);
        }}
      >
        <label>
          <input type="checkbox" name="blurCovers" defaultChecked={blurCovers} /> Blur covers until played
        </label>
        <label>
          <input type="checkbox" name="mutePlayers" defaultChecked={mutePlayers} /> Mute players
        </label>
        <Field id="desk-keys" label="Keyboard">
          {(wiring) => (
            <select className="input" name="keys" defaultValue={keys} {...wiring}>
              {keysModes.map((mode) => (
                <option key={mode} value={mode}>
                  {keysLabels[mode]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Button type="submit" name="intent" value="settings" tone="primary">
          Save
        </Button>
      </form>
    </details>
  );
}
