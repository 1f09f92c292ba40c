import { STATUS_CODES } from 'node:http';
import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';

/** The failures of every route that reads the store. */
export const readFailures = [429, 503] as const;

/** The failures of every route that changes something: besides those, a bad body and another site. */
export const changeFailures = [400, 403, 413, 415, 429, 503] as const;

/** Documents `ExpectedUserGuard`. */
export const ApiExpectedUser = (): MethodDecorator =>
  ApiQuery({
    name: 'user',
    required: false,
    description:
      'The id of the user that this is meant for: for anybody else it is `session_changed`, and nothing is done.',
  });

/**
 * Documents a route: its operation id, what it does, and its error answers, each as problem+json.
 *
 * @param others what it answers with where all goes well, and its parameters
 */
export function ApiRoute(
  operationId: string,
  summary: string,
  failures: readonly number[],
  ...others: MethodDecorator[]
): MethodDecorator {
  return applyDecorators(
    ApiOperation({ operationId, summary }),
    ...failures.map((status) =>
      ApiResponse({
        status,
        description: STATUS_CODES[status] ?? 'Error',
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      }),
    ),
    ...others,
  );
}
