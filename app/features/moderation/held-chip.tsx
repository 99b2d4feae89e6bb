import { Pause } from "lucide-react";
import { Chip } from "~/ui/chip";

/** Numbers under check: beside the decision state, which stays as it is. */
export function HeldChip() {
  return (
    <Chip tone="held" icon={Pause}>
      Held
    </Chip>
  );
}
