import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import * as z from 'zod';
import { AppError } from '../common/errors/app-error.js';
import { Answers } from '../common/http/answers.js';
import { ApiRoute } from '../common/http/api-route.js';
import { Readiness } from './readiness.js';

const healthSchema = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

type Health = z.infer<typeof healthSchema>;

@Controller('health')
@ApiTags('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @ApiRoute(
    'getLiveness',
    ['Is the process alive?', 'Whether it answers; nothing else is asked.'],
    [],
  )
  @Answers(healthSchema, 'It does.')
  getLiveness(): Health {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiRoute(
    'getReadiness',
    [
      'Is the service ready?',
      'Whether it can do its work: the database answers in time, with the schema of this version, and the service is not stopping.',
    ],
    ['store_unavailable', 'not_ready'],
  )
  @Answers(healthSchema, 'It can.')
  async getReadiness(): Promise<Health> {
    const failed = (await this.readiness.checks()).filter(({ status }) => status === 'failed');
    const [first] = failed;
    if (first === undefined) return { status: 'ok' };
    const isStore = failed.some(({ name }) => name === 'database');
    throw new AppError(isStore ? 'store_unavailable' : 'not_ready', {
      log: { check: first.name, reason: first.reason ?? 'unknown' },
    });
  }
}
