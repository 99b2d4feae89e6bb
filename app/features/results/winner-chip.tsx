import { Trophy } from "lucide-react";
import type { ReactNode } from "react";
import { Chip } from "~/ui/chip";

export function WinnerChip({ children = "Winner" }: { children?: ReactNode }) {
  return (
    <Chip tone="held" icon={Trophy}>
      {children}
    </Chip>
  );
}
