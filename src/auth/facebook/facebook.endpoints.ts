import type { FacebookConfig } from '../../config/config.js';

/** The URLs at which Facebook is asked, and the one to which people are sent. */
export interface FacebookEndpoints {
  dialogUrl: string;
  tokenUrl: string;
  /** With the fields that are wanted of the profile. */
  profileUrl: string;
}

/**
 * Every one of them names the Graph version.
 *
 * @see https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow
 */
export function facebookEndpoints({
  dialogUrl,
  graphUrl,
  graphVersion,
}: Pick<FacebookConfig, 'dialogUrl' | 'graphUrl' | 'graphVersion'>): FacebookEndpoints {
  const graph = `${graphUrl}/${graphVersion}`;
  return {
    dialogUrl: `${dialogUrl}/${graphVersion}/dialog/oauth`,
    tokenUrl: `${graph}/oauth/access_token`,
    profileUrl: `${graph}/me?fields=id,name,email,picture`,
  };
}
