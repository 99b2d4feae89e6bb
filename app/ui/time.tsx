/** An instant in words, in UTC unless a zone is given; small scripts put it into the visitor's own zone. */
export function Time(props: { at: string; zone?: string; withDay?: boolean; withTime?: boolean }) {
  const { at, zone = "UTC", withDay = true, withTime = true } = props;
  const words = new Intl.DateTimeFormat("en", {
    ...(withDay ? { day: "numeric", month: "short", year: "numeric" } : {}),
    ...(withTime ? { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" } : {}),
    timeZone: zone,
  }).format(new Date(at));
  return <time dateTime={at}>{words}</time>;
}
