import { pictureOf, subjectOf, type Person } from './people.js';

interface ProfileOptions {
  includeEmail: boolean;
  skipStatus: boolean;
  subjectAsObject: boolean;
}

/**
 * X's user object as JSON text. Text, because its numeric id is larger than a JavaScript number can hold, and
 * clients that read it as one must get the wrong id here too.
 */
export function twitterProfile(person: Person, options: ProfileOptions): string {
  const subject = subjectOf('twitter', person);
  const id = options.subjectAsObject ? JSON.stringify({ id: subject }) : subject;
  const rest = {
    id_str: options.subjectAsObject ? { id: subject } : subject,
    name: person.name,
    screen_name: person.username,
    location: '',
    description: '',
    url: null,
    protected: false,
    followers_count: 10,
    friends_count: 5,
    listed_count: 0,
    created_at: 'Sat May 09 17:58:22 +0000 2009',
    favourites_count: 3,
    verified: false,
    statuses_count: 1,
    default_profile: true,
    default_profile_image: false,
    profile_image_url: pictureOf('twitter', person).replace(/^https:/, 'http:'),
    profile_image_url_https: pictureOf('twitter', person),
    ...(!options.skipStatus && {
      status: {
        created_at: 'Sat May 09 18:00:00 +0000 2009',
        id_str: '1745000000000000001',
        text: 'just setting up my sandbox',
      },
    }),
    // X gives an address out only when it has verified it.
    ...(options.includeEmail && { email: person.emailVerified ? person.email : null }),
  };
  return `{"id":${id},${JSON.stringify(rest).slice(1)}`;
}
