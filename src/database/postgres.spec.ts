import { afterEach, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { postgresPool } from './postgres.js';

let pool: Pool;

afterEach(() => pool.end());

/** The URL that pg is given for one that is configured. */
function handed(url: string): string | undefined {
  const deadlines = { connectTimeoutMs: 100, statementTimeoutMs: 100 };
  const config = { kind: 'postgres' as const, url, poolSize: 1, preparedStatements: true };
  pool = postgresPool({ ...config, ...deadlines }, () => undefined, 'queries');
  return (pool.options as { connectionString?: string }).connectionString;
}

it.each([
  ['postgres://u@h/d?sslmode=require', 'postgres://u@h/d?sslmode=verify-full'],
  ['postgres://u@h/d?sslmode=prefer#x', 'postgres://u@h/d?sslmode=verify-full'],
  ['postgres://u@h/d?ssl%6dode=verify-c%61', 'postgres://u@h/d?sslmode=verify-full'],
  ['postgres://u@h/d?sslmode=disable&sslmode=require', 'postgres://u@h/d?sslmode=verify-full'],
  [
    'postgres:///d?host=/run/pg&options=-c%20a%3Db&sslmode=require',
    'postgres:///d?host=%2Frun%2Fpg&options=-c+a%3Db&sslmode=verify-full',
  ],
])('makes verify-full explicit: %s', (url, full) => {
  expect(handed(url)).toBe(full);
});

it.each([
  'postgres://u@h/d',
  'postgres://u@%2Frun%2Fpostgresql/d',
  'postgres://u@h/d?sslmode=disable',
  'postgres://u@h/d?sslmode=require&sslmode=no-verify',
  'postgres://u@h/d?sslmode=require&uselibpqcompat=true',
  'postgres://u:a&sslmode=require&b@h/d?sslmode=disable',
])('passes any other URL on unchanged: %s', (url) => {
  expect(handed(url)).toBe(url);
});
