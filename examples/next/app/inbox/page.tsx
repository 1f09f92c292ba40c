import { requireSession } from '../../lib/latchkey';

export default async function Inbox() {
  const { user } = await requireSession('/inbox');
  return <h1>The inbox of {user.displayName}</h1>;
}
