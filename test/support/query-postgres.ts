import { Client } from 'pg';

/** Asks a PostgreSQL server itself, on a connection of its own. Returns the rows. */
export async function queryPostgres<T>(url: string, text: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as T[];
  } finally {
    await client.end();
  }
}
