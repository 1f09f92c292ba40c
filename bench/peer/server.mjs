/**
 * What Latchkey is compared with: sign-in as anyone would write it by hand with Express 5, express-session with its
 * MemoryStore and the three passport strategies. It keeps no database, writes no log, checks no ID token.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import express from 'express';
import session from 'express-session';
import { generateKeyPair, SignJWT } from 'jose';
import passport from 'passport';
import { Strategy as FacebookStrategy } from 'passport-facebook';
import { Strategy as GoogleStrategy } from 'passport-google-oauth20';
import { Strategy as TwitterStrategy } from 'passport-twitter';

const { PORT, PROVIDERS_URL: providers, CLIENT_ID, CLIENT_SECRET } = process.env;
const callbackURL = (provider) => `http://localhost:${PORT}/auth/${provider}/callback`;

passport.use(
  new GoogleStrategy(
    {
      clientID: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
      callbackURL: callbackURL('google'),
      authorizationURL: `${providers}/google/authorize`,
      tokenURL: `${providers}/google/token`,
      userProfileURL: `${providers}/google/userinfo`,
      scope: ['openid', 'email', 'profile'],
      state: true,
      pkce: true,
    },
    (_accessToken, _refreshToken, profile, done) => done(null, toUser(profile)),
  ),
);
passport.use(
  new TwitterStrategy(
    {
      consumerKey: CLIENT_ID,
      consumerSecret: CLIENT_SECRET,
      callbackURL: callbackURL('twitter'),
      requestTokenURL: `${providers}/oauth/request_token`,
      accessTokenURL: `${providers}/oauth/access_token`,
      userAuthorizationURL: `${providers}/oauth/authenticate`,
      userProfileURL: `${providers}/1.1/account/verify_credentials.json`,
      includeEmail: true,
    },
    (_token, _tokenSecret, profile, done) => done(null, toUser(profile)),
  ),
);
passport.use(
  new FacebookStrategy(
    {
      clientID: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
      callbackURL: callbackURL('facebook'),
      authorizationURL: `${providers}/v26.0/dialog/oauth`,
      tokenURL: `${providers}/v26.0/oauth/access_token`,
      profileURL: `${providers}/v26.0/me`,
      profileFields: ['id', 'displayName', 'email', 'photos'],
      enableProof: true,
      scope: ['email', 'public_profile'],
      state: true,
    },
    (_accessToken, _refreshToken, profile, done) => done(null, toUser(profile)),
  ),
);
passport.serializeUser((user, done) => done(null, user));
passport.deserializeUser((user, done) => done(null, user));

function toUser({ provider, id, displayName, emails, photos }) {
  const email = emails?.[0]?.value ?? null;
  return { provider, id, displayName, email, avatarUrl: photos?.[0]?.value ?? null };
}

const app = express();
app.use(
  session({
    secret: 'a secret of the peer, for the benchmark alone',
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax' },
  }),
);
app.use(passport.session());
app.get('/health', (_request, response) => response.json({ status: 'ok' }));
app.get('/users/me', (request, response) => {
  if (request.user === undefined) response.status(401).json({ error: 'unauthenticated' });
  else response.json(request.user);
});
const { privateKey } = await generateKeyPair('ES256');
// oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 takes a rejection
app.post('/auth/token', async (request, response) => {
  if (request.user === undefined) {
    response.status(401).json({ error: 'unauthenticated' });
    return;
  }
  const token = await new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: 'ES256', kid: 'one' })
    .setSubject(request.user.id)
    .setIssuer(`http://localhost:${PORT}`)
    .setAudience('https://api.example.com')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(privateKey);
  response.json({ token });
});
for (const provider of ['google', 'twitter', 'facebook']) {
  app.get(`/auth/${provider}`, passport.authenticate(provider));
  app.get(
    `/auth/${provider}/callback`,
    passport.authenticate(provider, { failureRedirect: '/sign-in-failed' }),
    (_request, response) => response.redirect('/users/me'),
  );
}

createServer(app).listen(Number(PORT), '127.0.0.1');
