import { Link } from "./link";

/** The orders that a list can be in: one link each, so that every order has an address. */
export function OrderLinks(props: {
  label: string;
  orders: readonly { to: string; words: string; current: boolean }[];
}) {
  return (
    <nav aria-label={props.label}>
      <ul className="orders">
        {props.orders.map(({ to, words, current }) => (
          <li key={words}>
            <Link to={to} aria-current={current ? "true" : undefined}>
              {words}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
