import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import * as z from 'zod';
import { Answers } from '../common/http/answers.js';
import { ApiProblem } from '../common/errors/api-problem.js';
import { AppError } from '../common/errors/app-error.js';
import { Readiness } from './readiness.js';

const healthSchema = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

type Health = z.infer<typeof healthSchema>;

@Controller('health')
@ApiTags('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether the process answers; asks nothing else' })
  @Answers(healthSchema, 'It does.')
  live(): Health {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({
    summary:
      'Whether the service can do its work: the database answers in time, with the schema of this version, and the service is not stopping',
  })
  @Answers(healthSchema, 'It can.')
  @ApiProblem(503)
  async ready(): Promise<Health> {
    const failed = (await this.readiness.checks()).filter(({ status }) => status === 'failed');
    const [first] = failed;
    if (first === undefined) return { status: 'ok' };
    const isStore = failed.some(({ name }) => name === 'database');
    throw new AppError(isStore ? 'store_unavailable' : 'not_ready', {
      log: { check: first.name, reason: first.reason ?? 'unknown' },
    });
  }
}
