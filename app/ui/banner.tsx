import { CircleAlert, CircleCheck, Clock, Info } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { type Tone, toneClass } from "./chip";

const icons = { neutral: Info, pending: Clock, approved: CircleCheck, rejected: CircleAlert, held: Clock, info: Info };

/** What just happened or what stands in the way, said aloud. `focus`: moves the focus here once it is shown. */
export function Banner(props: { tone: Tone; title: string; children: ReactNode; action?: ReactNode; focus?: boolean }) {
  const { tone, title, children, action, focus = false } = props;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focus) box.current?.focus();
  }, [focus]);
  const Icon = icons[tone];
  return (
    <div
      ref={box}
      role={tone === "rejected" ? "alert" : "status"}
      tabIndex={-1}
      className={`banner ${toneClass[tone]}`}
    >
      <Icon size={20} aria-hidden="true" />
      <div>
        <strong>{title}</strong>
        {children}
      </div>
      {action}
    </div>
  );
}
