-- Fills an empty database of Latchkey, SQLite's or PostgreSQL's, with 100,000 people, to see what they take on disk:
-- one identity and one living session each, five activities each, as long as real ones are. See docs/operations/sizing.md.
BEGIN;

INSERT INTO users
  (id, primary_issuer, display_name, email, email_key, email_trust, avatar_url, created_at, updated_at, last_sign_in_at)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
SELECT '0199c7d2-0000-7000-8000-' || (100000000000 + i), 'https://accounts.google.com', 'Person ' || i,
  'person' || i || '@example.com', 'person' || i || '@example.com', 'verified',
  'https://lh3.googleusercontent.com/a/ACg8ocK7f0Yx2bQmZr3vJ9wLhT5nPdE1sUaGkXo4iHcMyRtBqV6=s96-c',
  1767225600000, 1767225600000, 1767225600000
FROM n;

INSERT INTO identities
  (provider, issuer, subject, user_id, username, display_name, email, email_trust, avatar_url, linked_at, last_used_at)
SELECT 'google', 'https://accounts.google.com', '1' || substr(id, 25, 12) || '00000000', id, NULL, display_name, email, email_trust, avatar_url,
  created_at, created_at
FROM users;

INSERT INTO sessions
  (token_hash, id, user_id, provider, issuer, renewal_seed, created_at, authenticated_at, last_seen_at, expires_at, address, user_agent)
SELECT (10000000 + CAST(substr(id, 28, 9) AS bigint) * 2654435 % 89999999) || substr(id, 25, 12) || 'abcdefghijklmnopqrstuvw',
  '0199c7d2-0000-7000-9000-' || substr(id, 25, 12), id, 'google', 'https://accounts.google.com', 'c2VlZC1vZi0xNi1ieXRlcw',
  1767225600000, 1767225600000, 1767225600000, 4102444800000, '203.0.113.195',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
FROM users;

INSERT INTO session_proofs
  (session_id, issuer, subject, first_at, first_assurance, latest_at, latest_assurance)
SELECT sessions.id, identities.issuer, identities.subject, sessions.created_at, 'none', sessions.created_at, 'none'
FROM sessions JOIN identities ON identities.user_id = sessions.user_id;

INSERT INTO activity (id, user_id, at, event, provider, address, user_agent)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5)
SELECT '0199c7d2-0000-7000-a00' || n.i || '-' || substr(users.id, 25, 12), users.id, 1767225600000, 'sign_in', 'google',
  sessions.address, sessions.user_agent
FROM n CROSS JOIN users JOIN sessions ON sessions.user_id = users.id;

COMMIT;
