import * as z from 'zod';

/** A switch in the environment. */
export const onOff = z
  .enum(['on', 'off'], { error: 'needs on or off' })
  .transform((value) => value === 'on');
