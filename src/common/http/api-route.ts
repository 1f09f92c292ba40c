import { STATUS_CODES } from 'node:http';
import { applyDecorators } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCookieAuth,
  ApiExtension,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
  ApiSecurity,
} from '@nestjs/swagger';
import { type ErrorCode, statusOf } from '../errors/app-error.js';

/** What the routes have in common that read the store. */
export const readFailures = ['rate_limited', 'store_unavailable'] as const;

/** What those have in common that change something: besides, a bad body and another site. */
export const changeFailures = [
  ...readFailures,
  'bad_request',
  'csrf_failed',
  'payload_too_large',
  'unsupported_media_type',
] as const;

/** What those have in common that change the account of whoever is signed in. */
export const accountFailures = [...changeFailures, 'unauthenticated', 'session_changed'] as const;

/** Of every route. Service keys are described where they are. */
const ANYWHERE = ['internal_error', 'misdirected_request'] as const;

/** The name of the field of an operation that lists the codes it may answer. */
const CODES = 'x-error-codes';

const text = { type: 'string' } as const;

export const locationHeader = {
  Location: { schema: { ...text, format: 'uri-reference' }, description: 'Where to go.' },
};

/** Of an answer that may set the cookies of a session, or take them away. */
export const cookieHeader = {
  'Set-Cookie': {
    schema: text,
    description:
      'The cookies of the session, HttpOnly: a script neither reads nor sends them itself.',
  },
};

const PROVIDER: object = { $ref: '#/components/schemas/ProviderId' };

const RETRY = {
  'Retry-After': {
    schema: { type: 'integer', minimum: 1 },
    description: 'Seconds until it is worth trying again.',
  },
} as const;

/** How a parameter of a query, which need not be there, is described. */
export function ApiOptionalQuery(
  name: string,
  description: string,
  schema: object = text,
): MethodDecorator {
  return ApiQuery({ name, required: false, description, schema: { ...schema } });
}

const PROBLEM: object = { $ref: '#/components/schemas/Problem' };

/** For a route that has no answer of its own but redirects. */
export const ApiAnyFailure = (): MethodDecorator =>
  ApiResponse({
    status: 'default',
    description: 'Any failure, to a client that asks for JSON.',
    content: { 'application/problem+json': { schema: PROBLEM } },
  });

/** A provider in a path. `ApiParam` takes no reference, and hands on what it is given. */
export const ApiProvider = (): MethodDecorator => ApiParam({ name: 'provider', schema: PROVIDER });

/** Documents `ExpectedUserGuard`. */
export const ApiExpectedUser = (): MethodDecorator =>
  ApiOptionalQuery(
    'user',
    'The id of the user that this is meant for: for anybody else it is `session_changed`, and nothing is done.',
    { ...text, format: 'uuid' },
  );

/** For what answers with and without somebody signed in. */
export const ApiOptionalAuth = (): MethodDecorator =>
  applyDecorators(ApiSecurity({}), ApiCookieAuth(), ApiBearerAuth());

/**
 * Documents a route: its operation id, what it does, and the codes of its failures, each as problem+json with its status.
 *
 * @param others what it answers with where all goes well, and its parameters
 */
export function ApiRoute(
  operationId: string,
  [summary, description]: readonly [summary: string, description: string],
  failures: readonly ErrorCode[],
  ...others: MethodDecorator[]
): MethodDecorator {
  const codes = [...new Set([...failures, ...ANYWHERE])].toSorted();
  const statuses = [...new Set(codes.map(statusOf))].toSorted((one, other) => one - other);
  return applyDecorators(
    ApiOperation({ operationId, summary, description }),
    ApiExtension(CODES, codes),
    ...statuses.map((status) =>
      failure(
        status,
        codes.filter((code) => statusOf(code) === status),
      ),
    ),
    ...others,
  );
}

function failure(status: number, codes: readonly ErrorCode[]): MethodDecorator {
  const title = STATUS_CODES[status] ?? 'Error';
  return ApiResponse({
    status,
    description: `${title}: ${codes.map((each) => `\`${each}\``).join(', ')}.`,
    ...((status === 429 || status === 503) && { headers: RETRY }),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            PROBLEM,
            { type: 'object', properties: { code: { type: 'string', enum: [...codes] } } },
          ],
        },
      },
    },
  });
}
