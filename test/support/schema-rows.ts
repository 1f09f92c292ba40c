/*
 * Rows as they are stored when a migration is the newest one, in literal SQL: no code knows the old schemas any more. Each
 * stands on the one before, and every new migration gets an entry of its own.
 */

const ADA = '0199c7d2-0000-7000-8000-000000000001';
const GRACE = '0199c7d2-0000-7000-8000-000000000002';
const AT = 1_760_000_000_000;

const schema = [
  `insert into users (id, primary_issuer, display_name, email, email_key, email_trust, avatar_url, created_at, updated_at, last_sign_in_at)
    values ('${ADA}', 'https://accounts.google.com', 'Ada Lovelace', 'Ada@gmail.com', 'ada@gmail.com', 'authoritative', 'https://ada.test/a.png', ${AT}, ${AT + 1}, ${AT + 2})`,
  `insert into users (id, primary_issuer, display_name, email, email_key, email_trust, avatar_url, created_at, updated_at, last_sign_in_at, disabled_at)
    values ('${GRACE}', 'facebook:1234', 'Grace “Amazing” Höpper', null, null, null, null, ${AT}, ${AT}, ${AT}, ${AT + 3})`,
  `insert into identities (provider, issuer, subject, user_id, username, display_name, email, email_key, email_trust, avatar_url, linked_at, last_used_at)
    values ('google', 'https://accounts.google.com', '110169484474386276334', '${ADA}', null, 'Ada Lovelace', 'Ada@gmail.com', 'ada@gmail.com', 'authoritative', 'https://ada.test/a.png', ${AT}, ${AT + 2})`,
  `insert into identities (provider, issuer, subject, user_id, username, display_name, email, email_key, email_trust, avatar_url, linked_at, last_used_at)
    values ('twitter', 'https://x.com', '2244994945', '${ADA}', 'ada', 'Ada', null, null, null, null, ${AT + 1}, ${AT + 1})`,
  `insert into identities (provider, issuer, subject, user_id, username, display_name, email, email_key, email_trust, avatar_url, linked_at, last_used_at)
    values ('facebook', 'facebook:1234', '10158000000000001', '${GRACE}', null, 'Grace “Amazing” Höpper', null, null, null, null, ${AT}, ${AT})`,
  `insert into contested_addresses (user_id, email_key) values ('${GRACE}', 'grace@navy.test')`,
  `insert into sessions (token_hash, id, user_id, provider, issuer, renewal_seed, created_at, authenticated_at, last_seen_at, expires_at, address, user_agent)
    values ('hash-one', '0199c7d2-0000-7000-8000-000000000011', '${ADA}', 'google', 'https://accounts.google.com', 'seed-one', ${AT}, ${AT}, ${AT}, ${AT + 2_592_000_000}, '192.0.2.1', 'Firefox')`,
  `insert into sessions (token_hash, id, user_id, provider, issuer, renewal_seed, created_at, authenticated_at, last_seen_at, expires_at, address, user_agent)
    values ('hash-two', '0199c7d2-0000-7000-8000-000000000012', '${ADA}', 'twitter', 'https://x.com', 'seed-two', ${AT}, ${AT}, ${AT}, ${AT + 2_592_000_000}, null, null)`,
  `insert into session_proofs (session_id, issuer, subject, first_at, first_assurance, latest_at, latest_assurance, asked_at)
    values ('0199c7d2-0000-7000-8000-000000000011', 'https://accounts.google.com', '110169484474386276334', ${AT}, 'none', ${AT + 5}, 'asked', ${AT + 5})`,
  `insert into pending_links (token_hash, provider, issuer, subject, user_id, profile, expires_at)
    values ('hash-three', 'facebook', 'facebook:1234', '4711', '${ADA}', '{}', ${AT + 600_000})`,
  `insert into sessions (token_hash, id, user_id, provider, issuer, renewal_seed, created_at, authenticated_at, last_seen_at, expires_at, address, user_agent, kind, target, idle_ms)
    values ('hash-five', '0199c7d2-0000-7000-8000-000000000013', '${ADA}', 'google', 'https://accounts.google.com', '', ${AT}, ${AT}, ${AT}, ${AT + 43_200_000}, null, null, 'app', 'https://app.test/cb', 3600000)`,
  `insert into handovers (id, kind, code_hash, user_id, provider, issuer, subject, target, challenge, answered_at, authenticated_at, expires_at, used_at, session_id)
    values ('0199c7d2-0000-7000-8000-000000000031', 'sign-in', 'hash-six', '${ADA}', 'google', 'https://accounts.google.com', '110169484474386276334', 'https://app.test/cb', 'challenge', ${AT}, ${AT}, ${AT + 600_000}, ${AT}, '0199c7d2-0000-7000-8000-000000000013')`,
  `insert into activity (id, user_id, at, event, provider, address, user_agent)
    values ('0199c7d2-0000-7000-8000-000000000021', '${ADA}', ${AT}, 'sign_in', 'google', '192.0.2.1', 'Firefox')`,
  `insert into activity (id, user_id, at, event, provider, address, user_agent)
    values ('0199c7d2-0000-7000-8000-000000000022', '${GRACE}', ${AT}, 'data_exported', null, null, null)`,
  `insert into claimed_attempts (attempt_id, expires_at) values ('attempt-one', ${AT + 600_000})`,
  `insert into signing_keys (kid, number, x, y, private_key, created_at, signs_from, published_until)
    values ('kid-one', 1, 'x', 'y', 'sealed', ${AT}, ${AT}, ${AT + 3_600_000})`,
  `insert into periodic_tasks (name, begun_at) values ('clean-up', ${AT})`,
];

/** PostgreSQL alone has the table. */
const rateLimits = process.env['TEST_DATABASE_URL']
  ? [
      `insert into rate_limits (key, requests, window_ends_at) values ('all:192.0.2.1', 3, ${AT + 60_000})`,
    ]
  : [];

/** By the name of the migration that made the schema. */
export const schemaRows: Readonly<Record<string, readonly string[]>> = {
  '0001-schema': [...schema, ...rateLimits],
};

/** What no schema may let happen to these rows: statements that belong together, and what they break. */
export const forbidden: Readonly<Record<string, readonly string[]>> = {
  'a session that has neither made its user nor not': [
    `update sessions set made_user = 2 where token_hash = 'hash-one'`,
  ],
  'an identity of two users': [
    `insert into identities (provider, issuer, subject, user_id, linked_at, last_used_at)
      values ('google', 'https://accounts.google.com', '110169484474386276334', '${GRACE}', ${AT}, ${AT})`,
  ],
  'two identities of one issuer at one user': [
    `insert into identities (provider, issuer, subject, user_id, linked_at, last_used_at)
      values ('google', 'https://accounts.google.com', 'another', '${ADA}', ${AT}, ${AT})`,
  ],
  'an identity of nobody': [
    `insert into identities (provider, issuer, subject, user_id, linked_at, last_used_at)
      values ('google', 'https://accounts.google.com', 'another', 'nobody', ${AT}, ${AT})`,
  ],
  'an identity without a subject': [
    `insert into identities (provider, issuer, subject, user_id, linked_at, last_used_at)
      values ('google', 'https://accounts.google.com', '', '${GRACE}', ${AT}, ${AT})`,
  ],
  'a user without an identity': [`delete from identities where user_id = '${GRACE}'`],
  'a user whose primary identity goes': [
    `delete from identities where user_id = '${ADA}' and provider = 'google'`,
  ],
  'an address that two users have verified': [
    `update users set email = 'ADA@gmail.com', email_key = 'ada@gmail.com', email_trust = 'verified' where id = '${GRACE}'`,
  ],
  'an address without trust': [`update users set email_trust = null where id = '${ADA}'`],
  'a trust that there is not': [`update users set email_trust = 'hearsay' where id = '${ADA}'`],
  'a session of nobody': [`update sessions set user_id = 'nobody'`],
  'two sessions of one Domain cookie': [`update sessions set domain_token_hash = 'hash-of-both'`],
  'two sessions of one public id': [
    `update sessions set id = '0199c7d2-0000-7000-8000-000000000011' where token_hash = 'hash-two'`,
  ],
  'a proof by an identity that is not there': [`update session_proofs set subject = 'another'`],
  'a proof in a session that is not there': [`update session_proofs set session_id = 'another'`],
  'an assurance that there is not': [`update session_proofs set first_assurance = 'sworn'`],
  'two pending links of one identity': [
    `insert into pending_links (token_hash, provider, issuer, subject, user_id, profile, expires_at)
      values ('hash-four', 'facebook', 'facebook:1234', '4711', '${GRACE}', '{}', ${AT})`,
  ],
  'a session of a kind that there is not': [`update sessions set kind = 'robot'`],
  'an application without a target': [
    `update sessions set target = null where token_hash = 'hash-five'`,
  ],
  'a browser with a target': [
    `update sessions set target = 'https://app.test/cb' where token_hash = 'hash-one'`,
  ],
  'a hand-over of a kind that there is not': [`update handovers set kind = 'gift'`],
  'a sign-in that no identity has proven': [`update handovers set subject = null`],
  'what nobody has asked for': [
    `update handovers set kind = 'link', issuer = null, subject = null, answered_at = null, authenticated_at = null, session_id = null`,
  ],
  'a hand-over of nobody': [`update handovers set user_id = 'nobody'`],
  'a hand-over by an identity that is not there': [`update handovers set subject = 'another'`],
  'two hand-overs with one code': [
    `insert into handovers (id, kind, code_hash, user_id, provider, issuer, subject, target, challenge, answered_at, authenticated_at, expires_at)
      values ('0199c7d2-0000-7000-8000-000000000032', 'sign-in', 'hash-six', '${ADA}', 'google', 'https://accounts.google.com', '110169484474386276334', 'https://app.test/cb', 'challenge', ${AT}, ${AT}, ${AT})`,
  ],
  'activity of nobody': [`update activity set user_id = 'nobody'`],
  'two signing keys that follow the same one': [
    `insert into signing_keys (kid, number, x, y, private_key, created_at, signs_from, published_until)
      values ('kid-two', 1, 'x', 'y', 'sealed', ${AT}, ${AT}, ${AT})`,
  ],
  'an attempt that is claimed twice': [
    `insert into claimed_attempts (attempt_id, expires_at) values ('attempt-one', ${AT})`,
  ],
};

/** Takes a user away; what is theirs has to go along. */
export const deleteAda = `delete from users where id = '${ADA}'`;
