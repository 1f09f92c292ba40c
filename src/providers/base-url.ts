import * as z from 'zod';
import { isLoopback, isBareUrl } from '../common/url.js';

/** A provider's base URL: https, to protect codes and secrets, except on loopback. */
export const providerUrl = z
  .string()
  .refine(
    (value) =>
      isBareUrl(value) &&
      (new URL(value).protocol === 'https:' || isLoopback(new URL(value).hostname)),
    { error: 'needs an https URL (http only for localhost or 127.0.0.1)' },
  )
  .transform((value) => value.replace(/\/+$/, ''));
