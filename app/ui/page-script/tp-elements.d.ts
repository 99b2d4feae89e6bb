import type { DetailedHTMLProps, HTMLAttributes } from "react";

type Plain = DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement> & { class?: string };

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "tp-player": Plain & { video: string; origin: string; name: string; alone?: ""; muted?: string };
      "tp-countdown": Plain & { until: string; at: string };
    }
  }
}
