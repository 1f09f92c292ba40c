import { Client } from 'pg';

/** Whether a database lets us in. */
export async function answers(url) {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}
