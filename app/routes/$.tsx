import { data } from "@remix-run/node";

export const handle = { document: "public" };

/** Every address that is none: a route of its own, so that the page still knows who is signed in. */
export function loader() {
  throw data(null, { status: 404 });
}

export default function NotFound() {
  return null;
}
