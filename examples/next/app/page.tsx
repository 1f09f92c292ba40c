import { appUrl, getSession, latchkey } from '../lib/latchkey';

export default async function Home() {
  const session = await getSession();
  if (session === null) {
    return (
      <>
        <h1>Hello, stranger</h1>
        <a href={latchkey.signInPage(`${appUrl}/`)}>Sign in</a>
      </>
    );
  }
  return (
    <>
      <h1>Hello, {session.user.displayName}</h1>
      <a href="/inbox">Inbox</a>
      {/* By the browser, and to Latchkey itself: this server's cookie looks, and does not act. */}
      <form method="post" action={`${latchkey.baseUrl}/auth/logout`}>
        <input type="hidden" name="returnTo" value={`${appUrl}/`} />
        <button>Sign out</button>
      </form>
    </>
  );
}
