import { facebook } from './facebook/facebook.js';
import { google } from './google/google.js';
import { twitter } from './twitter/twitter.js';

/** One line per provider, in the order in which they are shown. */
export const providers = [google, twitter, facebook] as const;
